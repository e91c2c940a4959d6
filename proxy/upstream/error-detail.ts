/** Log text for an upstream error: status, a phrase from a list of the proxy's, kind and length of the body. */
import { parse } from "./parse.ts";

/**
 * Everything that the log may say about upstream's message. The message itself never reaches the log: it may repeat a
 * visitor's question cut short, escaped or in capitals, and no scrubbing finds all of that. The first phrase that fits counts.
 */
const phrases: readonly (readonly [phrase: string, shape: RegExp])[] = [
  ["out of memory", /\bmemory\b/i],
  ["credits or queries used up", /credit|exhaust|quota/i],
  ["throttled", /\brate\b|rate.?limit|too many|throttl|\bbusy\b|overload/i],
  ["token missing or invalid", /\btoken\b|api.?key|unauthenticated|unauthorized/i],
  ["failed moderation", /moderat|content policy/i],
  ["page not found", /\bpage\b.{0,60}not found/i],
  ["message not found", /\bmessage\b.{0,60}not found/i],
  ["conversation not found", /\b(conversation|session)\b.{0,60}not found/i],
  ["agent not found", /\b(agent|project)\b.{0,60}not found/i],
  ["not found", /not found/i],
  ["not allowed", /forbidden|not allowed|not accessible|permission|access denied/i],
  ["a field missing or invalid", /\brequired\b|must be|can't be|\binvalid\b/i],
  ["not supported", /not (yet )?supported/i],
  ["timed out", /time.?out|timed out/i],
  ["service unavailable", /bad gateway|unavailable|maintenance/i],
  ["server error", /server error/i],
];

/** The phrase of the list that upstream's message matches, or null. */
export function knownPhrase(words: string): string | null {
  return phrases.find(([, shape]) => shape.test(words))?.[0] ?? null;
}

/** Kind and length of a body, in UTF-16 units, without its content. */
export function bodyShape(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  const kind = trimmed.startsWith("<") ? "html" : parse(trimmed) === undefined ? "text" : "json";
  return `${kind}, ${text.length} characters`;
}

/** One line for the log. `shape` comes from `bodyShape`. */
export function failureDetail(status: number | null, words: string, shape: string): string {
  return [status, knownPhrase(words), `(${shape})`].filter((part) => part !== null).join(" ");
}

/**
 * An unexpected error: its name and its place in the source, without its message, which may quote what upstream sent.
 */
export function mistakeDetail(error: unknown): string {
  if (!(error instanceof Error)) return "unexpected: not an error";
  const header = `${error.name}: ${error.message}`;
  const frames = error.stack?.startsWith(header) ? error.stack.slice(header.length) : "";
  const place = /([\w.-]+:\d+):\d+\)?(\n|$)/.exec(frames)?.[1];
  return `unexpected: ${error.name}${place ? ` at ${place}` : ""}`;
}
