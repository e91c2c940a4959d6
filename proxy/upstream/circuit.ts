/** Stops calling a service that is down, and finds out with single calls whether it has come back. */
import { UpstreamFailure } from "./failures.ts";

/** `closed`: calls go through. `open`: none does. `half-open`: one is out to see. */
export type CircuitState = "closed" | "open" | "half-open";

/** What a call says about the service; `unknown` for one that was ended by its caller. */
export type Verdict = "alive" | "down" | "unknown";

/**
 * Failures in a row of one kind of call, after which nobody else need wait for another one. Each kind for itself: a
 * service that begins conversations and answers none of them is down, however often the beginning succeeds.
 */
const mostFailures = 10;

export type Circuit = {
  state(): CircuitState;
  /** Throws, `upstream-busy` unless told otherwise, while no call may go. */
  check(): void;
  /** The same for a call that goes now. What it came to must be told: an answer as soon as it begins, and then its end. */
  begin(kind?: string): (verdict: Verdict) => void;
};

export function createCircuit(options: {
  /** Milliseconds since 1970. */
  clock: () => number;
  changed?: (state: CircuitState, detail: string) => void;
  /** Milliseconds that it stays open at first, 1000 unless told otherwise; twice as long after each vain try. */
  firstPauseMs?: number;
  /** Milliseconds, a minute unless told otherwise. */
  longestPauseMs?: number;
  /** The kind of call whose success closes it whichever kind opened it; any other speaks for itself alone. */
  proof?: string;
  /** What callers are told meanwhile, with the whole seconds that are left. */
  refusal?: (seconds: number) => UpstreamFailure;
}): Circuit {
  const { clock, changed = () => {}, refusal = serviceIsDown, proof } = options;
  const { firstPauseMs = 1000, longestPauseMs = 60_000 } = options;
  let state: CircuitState = "closed";
  const failures = new Map<string, number>();
  /** The kind of call that opened it. */
  let culprit = "";
  let pauseMs = firstPauseMs;
  let until = 0;
  /** Calls begun before the last change tell of a time that is over. */
  let era = 0;

  function become(next: CircuitState, detail: string): void {
    state = next;
    era++;
    changed(next, detail);
  }

  function open(milliseconds: number, detail: string): void {
    pauseMs = Math.min(milliseconds, longestPauseMs);
    until = clock() + pauseMs;
    become("open", `${detail}; asked again in ${pauseMs} ms`);
  }

  function check(): void {
    if (state === "closed" || (state === "open" && clock() >= until)) return;
    const left = state === "open" ? until - clock() : pauseMs;
    throw refusal(Math.max(1, Math.ceil(left / 1000)));
  }

  function judge(kind: string, verdict: Verdict): void {
    if (state === "closed") {
      const inARow = verdict === "down" ? (failures.get(kind) ?? 0) + 1 : 0;
      if (verdict !== "unknown") failures.set(kind, inARow);
      if (inARow < mostFailures) return;
      culprit = kind;
      open(firstPauseMs, `${inARow} calls failed in a row`);
    } else if (verdict === "alive" && (kind === culprit || kind === proof)) {
      failures.clear();
      become("closed", "the service answers again");
    } else if (verdict === "down") {
      open(pauseMs * 2, "the service is still down");
    } else {
      // The probe's caller left, or it was of another kind: the next call is the probe.
      state = "open";
      era++;
    }
  }

  return {
    state: () => state,
    check,
    begin(kind = "") {
      check();
      if (state === "open") become("half-open", "one call goes to see whether the service is back");
      const begun = era;
      return (verdict) => {
        if (era === begun) judge(kind, verdict);
      };
    },
  };
}

const serviceIsDown = (seconds: number) =>
  new UpstreamFailure("upstream-busy", "refused by us: the service was down a moment ago", seconds);
