/** Encoder of a stream event as a server-sent event, in parts; the answer's text is not copied. */
import type { StreamEventName } from "../protocol/events.ts";

/** Text parts are ASCII. */
export type Part = string | Uint8Array;

/** `json` never holds a bare line break, so the data is always one line. */
export function eventParts(id: number, event: StreamEventName, json: string): readonly Part[] {
  return [start(id, event), Buffer.from(json), end];
}

/** A piece of the answer; `text` is as it stands in JSON, between its quotation marks. */
export function deltaParts(id: number, text: Uint8Array): readonly Part[] {
  return [start(id, "delta") + textStart, text, textEnd + end];
}

/** The same piece as JSON. */
export function deltaJson(text: Uint8Array): string {
  return `${textStart}${decoder.decode(text)}${textEnd}`;
}

/** Back from there: what stands between the quotation marks. */
export const textOfDelta = (json: string): string => json.slice(textStart.length, -textEnd.length);

/** A comment line: readers skip it, and whatever stands between sees that the connection lives. */
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
