/** Passes a stream through a faulty network: until it breaks, ends early, is damaged or goes silent. */

export type StreamFault = {
  readonly what: "breaks" | "ends" | "is garbled and breaks" | "falls silent";
  readonly after: number;
};

const garbage = new TextEncoder().encode('\n\nevent: delta\ndata: {"text":�\n\n');

/** `cut` breaks the stream; `leave` is called when its reader is gone. */
export function streamThrough(
  source: ReadableStream<Uint8Array>,
  signal: AbortSignal | null | undefined,
  fault: StreamFault | undefined,
) {
  const reader = source.getReader();
  let isOver = false;
  let end: (error: Error | null) => void = () => {};

  function stop(): boolean {
    if (isOver) return false;
    isOver = true;
    void reader.cancel().catch(() => {});
    return true;
  }

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      end = (error) => {
        if (!stop()) return;
        if (error) controller.error(error);
        else controller.close();
      };
      signal?.addEventListener("abort", () => end(new DOMException("Aborted", "AbortError")));
      void pump(controller);
    },
    cancel: () => void stop(),
  });

  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let left = fault?.after ?? Infinity;
    for (;;) {
      const piece = await reader.read().catch(() => null);
      if (isOver) return;
      if (piece === null) return end(new TypeError("network error"));
      if (piece.done) return end(null);
      const passed = piece.value.slice(0, left);
      if (passed.length > 0) controller.enqueue(passed);
      left -= passed.length;
      if (left > 0) continue;
      if (fault?.what === "ends") return end(null);
      if (fault?.what === "falls silent") return drained();
      if (fault?.what === "is garbled and breaks") controller.enqueue(garbage);
      return end(new TypeError("network error"));
    }
  }

  /** Drops all further data without an end. */
  async function drained(): Promise<void> {
    for (;;) {
      const piece = await reader.read().catch(() => null);
      if (isOver || piece === null || piece.done) return;
    }
  }

  return { body, cut: () => end(new TypeError("network error")), leave: () => void stop() };
}
