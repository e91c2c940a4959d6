/** Turn as a byte stream for one connection: what exists already, then new events, then the end. */
import { joined, type Part } from "./encode-event.ts";
import { TurnReading, type ReadableTurn, type ReadingOptions } from "./turn-reader.ts";

/** The most bytes handed over at once when a reader is behind. */
const largestPiece = 16_384;

const readings = new WeakMap<ReadableStream, TurnReading>();

/**
 * The reading behind such a stream, for a server that can write it out itself; undefined for any other stream. Whoever
 * takes it must not read the stream.
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
        // Only begun when a reader has caught up: a stream that nobody reads leaves nothing behind.
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
