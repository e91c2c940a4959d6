/** Encoder of a stream event as a server-sent event, in parts; the answer's text is not copied. */
import type { StreamEventName } from "../protocol/events.ts";

/** Text parts are ASCII. */
export type Part = string | Uint8Array;

/** `json` never holds a bare line break, so the data is always one line. */
export function eventParts(id: number, event: StreamEventName, json: string): readonly Part[] {
  return [start(id, event), Buffer.from(json), end];
}

/** A piece of the answer; `text` is JSON-escaped, without quotation marks. */
export function deltaParts(id: number, text: Uint8Array): readonly Part[] {
  return [start(id, "delta") + textStart, text, textEnd + end];
}

/** The same piece as JSON. */
export function deltaJson(text: Uint8Array): string {
  return `${textStart}${decoder.decode(text)}${textEnd}`;
}

/** The reverse: a JSON string's content, between its quotation marks. */
export const textOfDelta = (json: string): string => json.slice(textStart.length, -textEnd.length);

/** A comment line: clients ignore it, and servers in between see that the connection is open. */
export const heartbeat: readonly Part[] = [":\n\n"];

export const lengthOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

/** The parts as one, in memory of their own. */
export function joined(parts: readonly Part[], length = lengthOf(parts)): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let place = 0;
  for (const part of parts) {
    if (typeof part === "string") bytes.write(part, place, "latin1");
    else bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

const decoder = new TextDecoder();
const textStart = '{"text":"';
const textEnd = '"}';
const end = "\n\n";

function start(id: number, event: StreamEventName): string {
  return `id: ${id}\nevent: ${event}\ndata: `;
}
