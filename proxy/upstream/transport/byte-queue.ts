/** Queue between a source that pushes bytes and a reader that pulls them, with backpressure. */

/** What the queue asks of the source of its bytes. */
type Source = {
  pause(): void;
  resume(): void;
  /** The reader has stopped, early or at the end; `unread` bytes had arrived for it. */
  stop(unread: number): void;
};

/** Bytes in the buffer above which the source is paused, and below which it is resumed. */
const highWaterMark = 256 * 1024;
const lowWaterMark = 64 * 1024;

type Piece = IteratorResult<Uint8Array, undefined>;

type Reader = { resolve: (piece: Piece) => void; reject: (reason: unknown) => void };

const end: Piece = { done: true, value: undefined };

/** The iterator is written by hand: an async generator takes three turns of the microtask queue for each piece. */
export function createByteQueue(source: Source) {
  const buffer = createBuffer(source);
  let ended = false;
  let isReaderGone = false;
  let failure: { reason: unknown } | null = null;
  /** The reader's pending request for the next piece. */
  let pending: Reader | null = null;

  function stopReading() {
    isReaderGone = true;
    source.stop(buffer.clear());
  }

  /** Ends a pending request with the end or the failure. */
  function close() {
    const reader = pending;
    pending = null;
    if (!reader || isReaderGone) return;
    stopReading();
    if (failure) reader.reject(failure.reason);
    else reader.resolve(end);
  }

  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next() {
      if (isReaderGone) return Promise.resolve(end);
      const value = buffer.shift();
      if (value) return Promise.resolve({ done: false, value });
      return new Promise((resolve, reject) => {
        pending = { resolve, reject };
        if (failure || ended) close();
      });
    },
    return() {
      if (!isReaderGone) stopReading();
      return Promise.resolve(end);
    },
  };

  return {
    bytes: { [Symbol.asyncIterator]: () => iterator },
    push(bytes: Uint8Array) {
      const reader = pending;
      pending = null;
      if (reader) reader.resolve({ done: false, value: bytes });
      else buffer.push(bytes);
    },
    end() {
      ended = true;
      close();
    },
    /** Fails the reader after it has read what arrived before. */
    fail(reason: unknown) {
      failure ??= { reason };
      close();
    },
    /** Fails the reader at once; what it has not read is lost. */
    drop(reason: unknown) {
      buffer.clear();
      failure ??= { reason };
      close();
    },
  };
}

/** Pieces in the order of their arrival; pauses the source while there are too many bytes. */
function createBuffer(source: Pick<Source, "pause" | "resume">) {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isPaused = false;

  return {
    push(bytes: Uint8Array) {
      pieces.push(bytes);
      size += bytes.length;
      if (isPaused || size <= highWaterMark) return;
      isPaused = true;
      source.pause();
    },
    shift(): Uint8Array | undefined {
      const bytes = pieces.shift();
      if (!bytes) return undefined;
      size -= bytes.length;
      if (isPaused && size < lowWaterMark) {
        isPaused = false;
        source.resume();
      }
      return bytes;
    },
    /** Drops all pieces; returns how many bytes they had. */
    clear(): number {
      const dropped = size;
      pieces.length = 0;
      size = 0;
      return dropped;
    },
  };
}
