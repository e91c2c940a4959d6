/** Pauses: of calls that the service asked to wait, and of single visitors whose questions keep failing. */
import type { Who } from "../../metrics/request-id.ts";
import { UpstreamFailure } from "../errors.ts";
import { type CallerCount, createCallerCount } from "./caller-count.ts";
import { createTtlCache } from "./ttl-cache.ts";

/** Different callers who must be asked to wait before all have to; one alone may be the only one meant. */
const maxCallers = 5;
/** Milliseconds that all wait at most where only visitors' calls were asked to, who may be one person; then a call tries again. */
const maxHearsayMs = 60_000;

export type RequestedPauses<Kind> = {
  /** Records a failure that names a wait: it is for all where the call carried nothing of a visitor's, or several callers got one. */
  record(kind: Kind, failure: UpstreamFailure, who: Who | undefined): void;
  /** A probe was asked to wait, so calls of every kind have to. */
  pauseAll(failure: UpstreamFailure): void;
  /** Throws `upstream-busy` with the remaining wait while one of these kinds is paused. */
  check(...kinds: readonly Kind[]): void;
};

/** `clock` returns milliseconds since 1970. */
export function createRequestedPauses<Kind>(clock: () => number): RequestedPauses<Kind> {
  const ends = new Map<Kind, number>();
  const askedToWait = new Map<Kind, { count: CallerCount; until: number }>();
  let endOfAll = 0;

  const endOf = ({ retryAfter = 0 }: UpstreamFailure) => clock() + retryAfter * 1000;

  return {
    record(kind, failure, who) {
      const end = endOf(failure);
      const known = askedToWait.get(kind);
      const count = known && clock() < known.until ? known.count : createCallerCount(maxCallers);
      count.add(who);
      askedToWait.set(kind, { count, until: end });
      const isForAll = who === undefined || count.callers() >= maxCallers;
      if (!isForAll) return;
      const endForAll = who === undefined ? end : Math.min(end, clock() + maxHearsayMs);
      ends.set(kind, Math.max(endForAll, ends.get(kind) ?? 0));
      // After that, as many other callers must be asked to wait.
      askedToWait.delete(kind);
    },
    pauseAll(failure) {
      if (failure.code === "upstream-busy") endOfAll = Math.max(endOfAll, endOf(failure));
    },
    check(...kinds) {
      const end = Math.max(endOfAll, ...kinds.map((kind) => ends.get(kind) ?? 0));
      refuseUntil(end, clock(), "refused by us: the service asked for a pause");
    },
  };
}

/** Failed questions in a row that a visitor, and all visitors of an address, may have before a pause. */
const maxFailures = { visitor: 6, address: 40 };
const firstPauseMs = 2000;
const maxPauseMs = 60_000;
/** Milliseconds after which a visitor's or an address' failures are forgotten. */
const rememberMs = 10 * 60_000;
/** Milliseconds after an answer for which its address counts as one that does not only provoke failures. */
const servedMs = 60_000;

type Streak = { failures: number; until: number; servedAt: number };

/** Backoff of single callers; no other caller waits. */
export type CallerPauses = {
  /** Throws `upstream-busy` while the caller has to wait. */
  check(who: Who | undefined): void;
  failed(who: Who | undefined): void;
  served(who: Who | undefined): void;
  /** The service asked this caller to wait. */
  pause(who: Who, seconds: number): void;
};

/** `clock` returns milliseconds since 1970. */
export function createCallerPauses(clock: () => number): CallerPauses {
  const visitors = createTtlCache<Streak>({ clock, capacity: 20_000 });
  const addresses = createTtlCache<Streak>({ clock, capacity: 20_000 });
  const none: Streak = { failures: 0, until: 0, servedAt: -Infinity };
  const isServed = ({ servedAt }: Streak) => clock() - servedAt < servedMs;

  function streaksOf(who: Who | undefined) {
    if (!who) return [];
    const address = who.address ?? "unknown";
    return [
      { cache: visitors, key: who.visitor, streak: visitors.get(who.visitor) ?? none, isShared: false },
      { cache: addresses, key: address, streak: addresses.get(address) ?? none, isShared: true },
    ];
  }

  return {
    check(who) {
      const end = Math.max(0, ...streaksOf(who).map(({ streak }) => streak.until));
      const whose = "this visitor's, or this address', last questions failed one after another";
      refuseUntil(end, clock(), `refused by us: ${whose}`);
    },
    failed(who) {
      for (const { cache, key, streak, isShared } of streaksOf(who)) {
        const failures = streak.failures + 1;
        const beyond = failures - (isShared ? maxFailures.address : maxFailures.visitor);
        const isPaused = beyond >= 0 && !(isShared && isServed(streak));
        const pauseMs = Math.min(firstPauseMs * 2 ** beyond, maxPauseMs);
        const until = isPaused ? Math.max(streak.until, clock() + pauseMs) : streak.until;
        cache.set(key, { ...streak, failures, until }, rememberMs);
      }
    },
    served(who) {
      for (const { cache, key } of streaksOf(who))
        cache.set(key, { failures: 0, until: 0, servedAt: clock() }, rememberMs);
    },
    pause(who, seconds) {
      for (const { cache, key, streak, isShared } of streaksOf(who)) {
        if (isShared && isServed(streak)) continue;
        const until = Math.max(streak.until, clock() + seconds * 1000);
        cache.set(key, { ...streak, until }, rememberMs);
      }
    },
  };
}

function refuseUntil(end: number, now: number, detail: string): void {
  if (end <= now) return;
  throw new UpstreamFailure("upstream-busy", detail, Math.ceil((end - now) / 1000), true);
}
