/** Bytes that arrive by themselves, kept in order for a reader that asks for them. */

/** How the queue steers where the bytes come from. */
type Source = {
  pause(): void;
  resume(): void;
  /** The reader is done, early or at the end. */
  stop(): void;
};

/** Above the first the source is asked to pause, below the second to go on (bytes). */
const full = 256 * 1024;
const low = 64 * 1024;

export function createByteQueue(source: Source) {
  const waiting: Uint8Array[] = [];
  let size = 0;
  let paused = false;
  let ended = false;
  let failure: { reason: unknown } | null = null;
  let wake: () => void = () => undefined;

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const bytes = waiting.shift();
        if (bytes) {
          size -= bytes.length;
          if (paused && size < low) {
            paused = false;
            source.resume();
          }
          yield bytes;
        } else if (failure) {
          throw failure.reason;
        } else if (ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      source.stop();
    }
  }

  return {
    bytes: read(),
    push(bytes: Uint8Array) {
      waiting.push(bytes);
      size += bytes.length;
      if (!paused && size > full) {
        paused = true;
        source.pause();
      }
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    /** Fails the reader once it has read what arrived before. */
    fail(reason: unknown) {
      failure ??= { reason };
      wake();
    },
    /** Fails the reader at once; what it has not read is lost. */
    drop(reason: unknown) {
      waiting.length = 0;
      size = 0;
      failure ??= { reason };
      wake();
    },
  };
}
