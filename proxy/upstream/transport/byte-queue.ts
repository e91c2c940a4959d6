/** Bytes that arrive by themselves, kept in order for a reader that asks for them. */

/** How the queue steers where the bytes come from. */
type Source = {
  pause(): void;
  resume(): void;
  /** The reader is done, early or at the end; so many bytes that arrived it has not read. */
  stop(unread: number): void;
};

/** Above the first the source is asked to pause, below the second to go on (bytes). */
const full = 256 * 1024;
const low = 64 * 1024;

type Piece = IteratorResult<Uint8Array, undefined>;

const end: Piece = { done: true, value: undefined };

/** An iterator by hand: an async generator takes three turns of the microtask queue for each piece. */
export function createByteQueue(source: Source) {
  const waiting: Uint8Array[] = [];
  let size = 0;
  let paused = false;
  let ended = false;
  let left = false;
  let failure: { reason: unknown } | null = null;
  let reader: { resolve: (piece: Piece) => void; reject: (reason: unknown) => void } | null = null;

  function leave() {
    left = true;
    waiting.length = 0;
    source.stop(size);
  }

  function take(): Uint8Array | undefined {
    const bytes = waiting.shift();
    if (!bytes) return undefined;
    size -= bytes.length;
    if (paused && size < low) {
      paused = false;
      source.resume();
    }
    return bytes;
  }

  /** Tells a reader that waits how it ended. */
  function close() {
    const waiter = reader;
    reader = null;
    if (!waiter || left) return;
    leave();
    if (failure) waiter.reject(failure.reason);
    else waiter.resolve(end);
  }

  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next() {
      const bytes = left ? undefined : take();
      if (bytes) return Promise.resolve({ done: false, value: bytes });
      if (left) return Promise.resolve(end);
      return new Promise((resolve, reject) => {
        reader = { resolve, reject };
        if (failure || ended) close();
      });
    },
    return() {
      if (!left) leave();
      return Promise.resolve(end);
    },
  };

  return {
    bytes: { [Symbol.asyncIterator]: () => iterator },
    push(bytes: Uint8Array) {
      if (reader) {
        const { resolve } = reader;
        reader = null;
        resolve({ done: false, value: bytes });
        return;
      }
      waiting.push(bytes);
      size += bytes.length;
      if (!paused && size > full) {
        paused = true;
        source.pause();
      }
    },
    end() {
      ended = true;
      close();
    },
    /** Fails the reader once it has read what arrived before. */
    fail(reason: unknown) {
      failure ??= { reason };
      close();
    },
    /** Fails the reader at once; what it has not read is lost. */
    drop(reason: unknown) {
      waiting.length = 0;
      size = 0;
      failure ??= { reason };
      close();
    },
  };
}
