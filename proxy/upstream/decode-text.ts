/** Titles and other short texts as people wrote them: sites' systems store them with HTML's references. */
import { decodeHTMLStrict } from "entities/decode";
import { tidy } from "./sanitize-text.ts";

/** The longest reference takes 33 characters for one or two. */
const maxReferenceLength = 33;

/** HTML's references decoded once, into text that is never markup; what has no semicolon at its end is none. */
export function decoded(text: string): string {
  return text.includes("&") ? decodeHTMLStrict(text) : text;
}

/** As `tidy` gives it, after decoding: what no reader sees goes away, also where a reference hid it. */
export function written(value: unknown, maxLength: number): string | null {
  return typeof value === "string"
    ? tidy(decoded(value.slice(0, maxLength * maxReferenceLength)), maxLength)
    : null;
}
