/** Writer of a turn to a socket: one write for each event, none while the client does not read. */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { joined, lengthOf, type Part } from "../../turns/encode-event.ts";
import type { TurnReading } from "../../turns/turn-reader.ts";

/** Maximum of bytes in one write when a reader is behind. */
const largestPiece = 65_536;

/** Maximum of bytes that are copied to be one write with their frame. */
const largestCopied = 4096;

/** The response's status and headers must be set, and nothing of it sent. The turn outlives the connection. */
export function writeTurn(reading: TurnReading, outgoing: ServerResponse): void {
  const { socket } = outgoing;
  // The client disconnected before there was anything to send; the response's end was reported before anything
  // listened.
  if (!socket || outgoing.destroyed) return reading.leave();
  let blocked = false;

  function more(comment: readonly Part[] | null): void {
    if (blocked || socket === null || socket.destroyed) return;
    for (let parts = comment ?? reading.next(largestPiece); parts; parts = reading.next(largestPiece)) {
      // Past `outgoing.write`, which would make four small buffers of each event: half the cost of sending it.
      if (write(socket, outgoing.chunkedEncoding ? chunk(parts) : parts)) continue;
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
  // Sends the head and the first events together.
  socket.cork();
  outgoing.flushHeaders();
  reading.listen(more);
  more(null);
  socket.uncork();
}

/** The parts as one chunk of HTTP/1.1's chunked coding (RFC 9112, section 7.1). */
const chunk = (parts: readonly Part[]): readonly Part[] => [
  `${lengthOf(parts).toString(16)}\r\n`,
  ...parts,
  "\r\n",
];

/** Few bytes are copied into one write; many are written as they are. Returns whether more may follow now. */
function write(socket: Socket, parts: readonly Part[]): boolean {
  const length = lengthOf(parts);
  if (length <= largestCopied) return socket.write(joined(parts, length));
  socket.cork();
  let isRoom = true;
  for (const part of parts) isRoom = socket.write(part, "latin1");
  socket.uncork();
  return isRoom;
}
