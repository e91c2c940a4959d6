/** A turn as a stream of bytes for one connection: first what there is already, then what comes, then the end. */
import { heartbeatBytes } from "./event-bytes.ts";
import type { Schedule } from "./schedule.ts";
import type { Turn } from "./turn.ts";

type StreamOptions = {
  /** The last event the reader has; 0 for none. */
  after: number;
  schedule: Schedule;
  /** Milliseconds between the comment lines that keep a silent connection open. */
  heartbeat: number;
};

/** The most bytes handed over at once when a reader is behind. */
const largestPiece = 16_384;

/**
 * The stream holds no queue of its own: a reader that is slow or far behind reads from the turn's list when it is
 * ready, so it costs a number, not a copy. Cancelling it never ends the turn.
 */
export function turnStream(
  turn: Turn,
  { after, schedule, heartbeat }: StreamOptions,
): ReadableStream<Uint8Array> {
  // Of an ended turn the last event is always told again: a stream without its end would look cut.
  let position = Math.min(after, turn.ending ? turn.events.length - 1 : turn.events.length);
  let waiting = false;
  let watching = false;
  let unwatch = () => {};
  let cancelHeartbeat = () => {};

  function release(): void {
    unwatch();
    cancelHeartbeat();
  }

  function nextPiece(): Uint8Array {
    const first = turn.events[position++] ?? heartbeatBytes;
    if (position === turn.events.length) return first;
    const pieces = [first];
    let length = first.length;
    for (let next = turn.events[position]; next && length < largestPiece; next = turn.events[position]) {
      pieces.push(next);
      length += next.length;
      position++;
    }
    return joined(pieces, length);
  }

  /** Only begun when a reader has caught up: a stream that nobody reads leaves nothing behind. */
  function watch(controller: ReadableStreamDefaultController<Uint8Array>): void {
    watching = true;
    unwatch = turn.watch(() => {
      if (!waiting) return;
      waiting = false;
      controller.enqueue(nextPiece());
      closeAtEnd(controller);
    });
    function beat(): void {
      if (turn.ending) return;
      if (waiting) {
        waiting = false;
        controller.enqueue(heartbeatBytes);
      }
      cancelHeartbeat = schedule(heartbeat, beat);
    }
    cancelHeartbeat = schedule(heartbeat, beat);
  }

  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (position === turn.events.length) {
          waiting = true;
          if (!watching) watch(controller);
          return;
        }
        controller.enqueue(nextPiece());
        closeAtEnd(controller);
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  );

  function closeAtEnd(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (!turn.ending || position < turn.events.length) return;
    release();
    controller.close();
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
