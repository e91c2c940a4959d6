/** Turn as a byte stream for one connection: what exists already, then new events, then the end. */
import { joined, type Part } from "./encode-event.ts";
import { TurnReading, type ReadableTurn, type ReadingOptions } from "./turn-reader.ts";

/** Maximum of bytes in one chunk when a reader is behind. */
const largestPiece = 16_384;

const readings = new WeakMap<ReadableStream, TurnReading>();

/**
 * The reader behind such a stream, for a server that writes it out itself; undefined for any other stream. The caller
 * must not read the stream then.
 */
export function readingOf(stream: ReadableStream): TurnReading | undefined {
  return readings.get(stream);
}

/** The stream every runtime understands. Cancelling it never ends the turn. */
export function turnStream(turn: ReadableTurn, options: ReadingOptions): ReadableStream<Uint8Array> {
  const reading = new TurnReading(turn, options);
  let waiting = false;

  function tell(
    controller: ReadableStreamDefaultController<Uint8Array>,
    parts: readonly Part[] | null,
  ): void {
    waiting = parts === null;
    if (parts) controller.enqueue(joined(parts));
    if (!reading.isOver) return;
    reading.leave();
    controller.close();
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        tell(controller, reading.next(largestPiece));
        // Started only when a reader has caught up: an unread stream leaves no timer behind.
        if (!waiting) return;
        reading.listen((comment) => {
          if (waiting) tell(controller, comment ?? reading.next(largestPiece));
        });
      },
      cancel: () => reading.leave(),
    },
    { highWaterMark: 0 },
  );
  readings.set(stream, reading);
  return stream;
}
