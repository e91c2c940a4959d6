/** Encoder of stream steps, in every form in which upstream's streams were recorded. */
import type { FaultName } from "../wire/fault-names.ts";
import type { Step } from "./stream-script.ts";

/** One event or a few lines as text. `isLast` matters to the fault that omits the last blank line. */
export function writeStep(step: Step, active: ReadonlySet<FaultName>, isLast: boolean): string {
  const newline = active.has("crlf") ? "\r\n" : "\n";
  if (step.kind === "lines") return step.lines.map((line) => line + newline).join("");
  if (step.kind !== "event") return "";
  const colon = active.has("no-space-after-colon") ? ":" : ": ";
  const name = active.has("message-events") ? "message" : step.name;
  const lines = active.has("unnamed-events") ? [] : [`event${colon}${name}`];
  for (const line of dataLines(step.data, active)) lines.push(`data${colon}${line}`);
  if (!(isLast && active.has("no-last-blank-line"))) lines.push("");
  return lines.map((line) => line + newline).join("");
}

function dataLines(data: string, active: ReadonlySet<FaultName>): string[] {
  if (!active.has("several-data-lines") || !/^[{[]/.test(data)) return data.split("\n");
  try {
    return JSON.stringify(JSON.parse(data), null, 1).split("\n");
  } catch {
    return data.split("\n");
  }
}

/** Chunks in which a text is sent. */
export function chunksOf(text: string, active: ReadonlySet<FaultName>): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  if (active.has("byte-by-byte")) return Array.from(bytes, (byte) => Uint8Array.of(byte));
  if (!active.has("split-utf8")) return bytes.length > 0 ? [bytes] : [];
  const chunks: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at < bytes.length; at++) {
    // A byte 10xxxxxx continues the character before it.
    const continues = ((bytes[at] ?? 0) & 0xc0) === 0x80;
    const begins = ((bytes[at - 1] ?? 0) & 0xc0) === 0xc0;
    if (!continues || !begins) continue;
    chunks.push(bytes.slice(start, at));
    start = at;
  }
  return [...chunks, bytes.slice(start)];
}
