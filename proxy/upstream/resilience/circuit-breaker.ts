/** Circuit breaker: opened by failures of different visitors, closed by the proxy's own health check. */
import type { Who } from "../../metrics/request-id.ts";
import { createFailedAskers, type FailedAskers } from "./failed-askers.ts";
import { UpstreamFailure } from "../errors.ts";

/** `closed`: calls go through. `open`: none does. `half-open`: a call of our own is out to see. */
export type CircuitState = "closed" | "open" | "half-open";

/** What a call says about the service; `unknown` for one that was ended by its caller or tells of its caller only. */
export type Verdict = "healthy" | "down" | "unknown";

/**
 * So many different askers must have failed, and nobody been served meanwhile, before nobody else need try. Each kind of
 * call for itself: a service that begins conversations and answers none of them is down, however often it begins one.
 */
const mostFailures = 10;
/**
 * So many more after a call of ours has closed it, until somebody is served: what we ask may work while the rest does not.
 * Whoever has failed before is no news then, or a few who fail on and on could keep it open.
 */
const mostOnTrial = 4;
/** Askers that are told apart; after that it begins anew. */
const mostKnown = 1000;
/** Failures in a row, be they one asker's, after which a call of our own has to say what is true. */
const suspicious = 3;

export type Circuit = {
  state(): CircuitState;
  /** Throws, `upstream-busy` unless told otherwise, while no call may go. */
  check(): void;
  /** Whether its pause is over, so that a call of our own should see, or sees just now. */
  isInDoubt(): boolean;
  /** A visitor's call goes now; `who` is undefined for what holds nothing of anybody's. What it came to must be told. */
  begin(kind: string, who: Who | undefined): (verdict: Verdict) => void;
  /** A call of our own goes now. What it came to must be told, and decides. */
  probe(): (verdict: Verdict) => void;
};

export type CircuitOptions = {
  /** Milliseconds since 1970. */
  clock: () => number;
  changed?: (state: CircuitState, detail: string) => void;
  /** Told when visitors' calls fail one after another, so that somebody sees whose fault that is. */
  suspect?: () => void;
  /** Milliseconds that it stays open at first, 1000 unless told otherwise; twice as long each time nobody is served. */
  firstPauseMs?: number;
  /** Milliseconds, a minute unless told otherwise. */
  longestPauseMs?: number;
  /** The kind of call whose success says that all is well; by default any. */
  proof?: string;
  /** Whether a failed call of our own opens it, be nobody else known to fail; default true. Else it only keeps it open. */
  isOpenedByProbe?: boolean;
  /** What callers are told meanwhile, with the whole seconds that are left. */
  refusal?: (seconds: number) => UpstreamFailure;
};

export function createCircuit(options: CircuitOptions): Circuit {
  const { clock, changed = () => {}, suspect = () => {}, refusal = serviceIsDown, proof } = options;
  const { firstPauseMs = 1000, longestPauseMs = 60_000, isOpenedByProbe = true } = options;
  let state: CircuitState = "closed";
  /** Who has failed since somebody was served, and at how many it opens; by kind of call. */
  const failures = new Map<string, { askers: FailedAskers; opensAt: number }>();
  let pauseMs = firstPauseMs;
  let until = 0;
  let isOnTrial = false;
  /** Calls begun before the last change tell of a time that is over. */
  let era = 0;

  function become(next: CircuitState, detail: string): void {
    state = next;
    era++;
    changed(next, detail);
  }

  function open(detail: string): void {
    until = clock() + pauseMs;
    become("open", `${detail}; looked at again in ${pauseMs} ms`);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  }

  function close(detail: string): void {
    isOnTrial = true;
    for (const [kind, failed] of failures) {
      failed.opensAt = failed.askers.count() + mostOnTrial;
      if (failed.opensAt > mostKnown) failures.delete(kind);
    }
    become("closed", detail);
  }

  function fail(kind: string, who: Who | undefined): void {
    const failed = failures.get(kind) ?? {
      askers: createFailedAskers(mostKnown),
      opensAt: isOnTrial ? mostOnTrial : mostFailures,
    };
    failures.set(kind, failed);
    failed.askers.add(who);
    const askers = failed.askers.count();
    if (askers >= failed.opensAt) open(`the calls of ${askers} different askers failed in a row`);
    else if (failed.askers.inARow() % suspicious === 0) suspect();
  }

  function succeed(kind: string): void {
    failures.delete(kind);
    if (proof !== undefined && kind !== proof) return;
    isOnTrial = false;
    pauseMs = firstPauseMs;
  }

  return {
    state: () => state,
    isInDoubt: () => state === "half-open" || (state === "open" && clock() >= until),
    check() {
      if (state === "closed") return;
      throw refusal(Math.max(1, Math.ceil((until - clock()) / 1000)));
    },
    begin(kind, who) {
      const begun = era;
      return (verdict) => {
        if (era !== begun || state !== "closed") return;
        if (verdict === "down") fail(kind, who);
        else if (verdict === "healthy") succeed(kind);
      };
    },
    probe() {
      if (state === "open") become("half-open", "a call of our own goes to see whether the service is back");
      const begun = era;
      return (verdict) => {
        if (era !== begun || (state === "closed" && !isOpenedByProbe)) return;
        if (verdict === "down")
          open(state === "closed" ? "a call of our own failed too" : "the service is still down");
        else if (state === "half-open") close("the service answers again");
      };
    },
  };
}

const serviceIsDown = (seconds: number) =>
  new UpstreamFailure("upstream-busy", "refused by us: the service was down a moment ago", seconds, true);
