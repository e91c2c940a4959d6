/** Decoder of character references in titles and other short texts, which sites store as HTML. */
import { decodeHTMLStrict } from "entities/decode";
import { tidy } from "./sanitize-text.ts";

/** The longest reference takes 33 characters for one or two. */
const maxReferenceLength = 33;

/** Decodes HTML's character references once, into text that is never markup; one without a semicolon is none. */
export function decoded(text: string): string {
  return text.includes("&") ? decodeHTMLStrict(text) : text;
}

/** The decoded text as `tidy` returns it: invisible characters go, also those that a reference hid. */
export function written(value: unknown, maxLength: number): string | null {
  return typeof value === "string"
    ? tidy(decoded(value.slice(0, maxLength * maxReferenceLength)), maxLength)
    : null;
}
