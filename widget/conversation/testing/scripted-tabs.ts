/** Tabs of one browser for tests: they receive messages in the order of sending, and hold the lock in turn. */
import type { TabMessage, TabChannel } from "../environment.ts";

export function scriptedBrowser() {
  const tabs = new Set<(note: TabMessage) => void>();
  const queue: { work: () => Promise<void>; signal: AbortSignal; done: () => void }[] = [];
  let busy: { of: object } | null = null;

  function next(): void {
    if (busy) return;
    const first = queue.shift();
    if (!first) return;
    if (first.signal.aborted) return (first.done(), next());
    const mine = (busy = { of: first });
    void first.work().finally(() => {
      first.done();
      if (busy !== mine) return;
      busy = null;
      next();
    });
  }

  /** A new tab. Once `dead`, it receives nothing, sends nothing and holds no lock, as when it was closed. */
  function open(): TabChannel & { die(): void; sleep(asleep: boolean): void } {
    const listeners = new Set<(note: TabMessage) => void>();
    let isDead = false;
    let isAsleep = false;
    const mine = new Set<object>();
    const receive = (note: TabMessage) => {
      if (!isAsleep) for (const listener of listeners) listener(note);
    };
    tabs.add(receive);
    return {
      post(note) {
        if (isDead) return;
        for (const each of tabs)
          if (each !== receive) void Promise.resolve().then(() => tabs.has(each) && each(note));
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      lead(work, signal) {
        if (isDead) return new Promise(() => {});
        return new Promise((done) => {
          const entry = { work, signal, done };
          mine.add(entry);
          queue.push(entry);
          next();
        });
      },
      /** While asleep it receives nothing, and misses all messages. */
      sleep(asleep) {
        isAsleep = asleep;
      },
      die() {
        isDead = true;
        tabs.delete(receive);
        listeners.clear();
        if (busy && mine.has(busy.of)) busy = null;
        queue.splice(0, queue.length, ...queue.filter((entry) => !mine.has(entry)));
        next();
      },
    };
  }

  return { open };
}
