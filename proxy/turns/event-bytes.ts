/** Writes a stream event as the bytes of a server-sent event. */
import type { StreamEventName, StreamEvents } from "../protocol/events.ts";

const encoder = new TextEncoder();

/** JSON never holds a bare line break, so the data is always one line. */
export function eventBytes<Name extends StreamEventName>(
  id: number,
  event: Name,
  data: StreamEvents[Name],
): Uint8Array {
  return encoder.encode(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** A comment line: readers skip it, and whatever stands between sees that the connection lives. */
export const heartbeatBytes: Uint8Array = encoder.encode(":\n\n");
