/** Device: what the tabs of one browser share, namely storage, a channel and locks. */
import { createKeptItems } from "./page-storage.ts";

type Listener = (event: { data: unknown }) => void;
type Lock = { readonly name: string };
type Waiting = {
  readonly work: (lock: Lock | null) => unknown;
  readonly signal: AbortSignal | undefined;
  readonly done: (end: unknown) => void;
};

export type Device = ReturnType<typeof createDevice>;

/** `soon` runs a callback after the current work. */
export function createDevice(soon: (work: () => void) => void) {
  const channels = new Set<{ name: string; hear: Listener }>();
  const held = new Map<string, Waiting>();
  const queues = new Map<string, Waiting[]>();

  class Channel {
    private readonly listeners = new Set<Listener>();
    private readonly own: { name: string; hear: Listener };
    constructor(name: string) {
      this.own = { name, hear: (event) => this.listeners.forEach((each) => each(event)) };
      channels.add(this.own);
    }
    addEventListener(_type: string, listener: Listener): void {
      this.listeners.add(listener);
    }
    postMessage(data: unknown): void {
      const told: unknown = structuredClone(data);
      for (const each of channels)
        if (each !== this.own && each.name === this.own.name)
          soon(() => void (channels.has(each) && each.hear({ data: told })));
    }
    close(): void {
      channels.delete(this.own);
    }
  }

  function next(name: string): void {
    if (held.has(name)) return;
    const first = queues.get(name)?.shift();
    if (!first) return;
    if (first.signal?.aborted) return next(name);
    held.set(name, first);
    const free = () => {
      if (held.get(name) !== first) return;
      held.delete(name);
      next(name);
    };
    const end = Promise.resolve().then(() => first.work({ name }));
    end.then(free, free);
    first.done(end);
  }

  /** Locks of one tab, released when it is closed. */
  function locksOf(tab: object) {
    const mine = new Set<Waiting>();
    owners.set(tab, mine);
    return {
      request: (
        name: string,
        { signal, ifAvailable }: { signal?: AbortSignal; ifAvailable?: boolean },
        work: Waiting["work"],
      ) =>
        new Promise((resolve, reject) => {
          if (ifAvailable && held.has(name)) return resolve(work(null));
          signal?.addEventListener("abort", () => reject(new Error("AbortError")));
          const waiting = { work, signal, done: resolve };
          mine.add(waiting);
          queues.set(name, [...(queues.get(name) ?? []), waiting]);
          next(name);
        }),
    };
  }
  const owners = new WeakMap<object, Set<Waiting>>();

  function leave(tab: object): void {
    const mine = owners.get(tab) ?? new Set();
    for (const [name, queue] of queues)
      queues.set(
        name,
        queue.filter((each) => !mine.has(each)),
      );
    for (const [name, holder] of held) {
      if (!mine.has(holder)) continue;
      held.delete(name);
      next(name);
    }
  }

  return { kept: createKeptItems(soon), Channel, locksOf, leave };
}
