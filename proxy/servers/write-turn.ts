/** Writes a turn straight to a connection: one write an event, and none while the reader takes nothing. */
import type { ServerResponse } from "node:http";
import type { TurnReading } from "../turns/turn-reading.ts";

/** The most bytes written at once when a reader is behind. */
const largestPiece = 16_384;

/** The response's status and headers must be set, and nothing of it sent. The turn outlives the connection. */
export function writeTurn(reading: TurnReading, outgoing: ServerResponse): void {
  const { socket } = outgoing;
  // The visitor left before there was anything to send; the end of the response was told before anybody listened.
  if (!socket || outgoing.destroyed) return reading.leave();
  let blocked = false;

  function more(comment: Uint8Array | null): void {
    if (blocked || socket === null || socket.destroyed) return;
    for (let bytes = comment ?? reading.next(largestPiece); bytes; bytes = reading.next(largestPiece)) {
      // Past `outgoing.write`, which would make four small buffers of each event: half the cost of sending it.
      if (socket.write(outgoing.chunkedEncoding ? chunk(bytes) : bytes)) continue;
      blocked = true;
      socket.once("drain", () => {
        blocked = false;
        more(null);
      });
      return;
    }
    if (!reading.isOver) return;
    reading.leave();
    outgoing.end();
  }

  outgoing.once("close", () => reading.leave());
  // The head and the first events leave together.
  socket.cork();
  outgoing.flushHeaders();
  reading.listen(more);
  more(null);
  socket.uncork();
}

/** The bytes as one chunk of HTTP/1.1's chunked coding (RFC 9112, section 7.1). */
function chunk(bytes: Uint8Array): Buffer {
  const size = `${bytes.length.toString(16)}\r\n`;
  const framed = Buffer.allocUnsafe(size.length + bytes.length + 2);
  framed.write(size, 0, "latin1");
  framed.set(bytes, size.length);
  framed.write("\r\n", size.length + bytes.length, "latin1");
  return framed;
}
