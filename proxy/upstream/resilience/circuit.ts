/** Circuit: opened by failures of different callers, closed by a probe of the proxy's own. */
import type { Who } from "../../metrics/request-id.ts";
import { UpstreamFailure } from "../errors.ts";
import { type CallerCount, createCallerCount } from "./caller-count.ts";

/** `closed`: calls pass. `open`: none passes. `half-open`: a probe is under way. */
export type CircuitState = "closed" | "open" | "half-open";

/** What a failure says about the service; `unknown` where it says something of its caller only. */
export type Verdict = "healthy" | "down" | "unknown";

/**
 * Different callers whose calls must fail without a success in between. Each kind of call is counted for itself: a
 * service that starts conversations and answers none of them is down, however often it starts one.
 */
const maxFailures = 10;
/**
 * The same after a probe has closed the circuit, until a call succeeds: a probe may work while calls do not. Callers
 * who have failed before count no more then, or a few who keep failing could keep the circuit open.
 */
const maxOnTrial = 4;
/** Callers that are distinguished; beyond that the count starts again. */
const maxCallers = 1000;
/** Failed calls in a row, of one caller or several, after which a probe has to find out what is true. */
const suspiciousCalls = 3;

/** Records the result of a call or a probe: its failure, or null where there is none. */
type Report = (failure: UpstreamFailure | null) => void;

export type Circuit = {
  state(): CircuitState;
  /** Throws, `upstream-busy` by default, while no call may pass. */
  check(): void;
  /** Whether the pause is over, or a probe is under way. */
  needsProbe(): boolean;
  /** A visitor's call starts; `who` is undefined where it carries nothing of a visitor's. */
  startCall(kind: string, who: Who | undefined): Report;
  /** A probe starts, whose result decides. */
  probe(): Report;
};

export type CircuitOptions = {
  /** Milliseconds since 1970. */
  clock: () => number;
  judge: (failure: UpstreamFailure) => Verdict;
  changed?: (state: CircuitState, detail: string) => void;
  /** Called when visitors' calls fail in a row, so that a probe finds out whose fault it is. */
  suspect?: () => void;
  /** Milliseconds of the first pause, default 1000; doubled each time, until a call succeeds. */
  firstPauseMs?: number;
  /** Milliseconds, default a minute. */
  maxPauseMs?: number;
  /** Whether a failed probe opens a closed circuit; default true. Otherwise it only keeps an open one open. */
  isOpenedByProbe?: boolean;
  /** What callers are refused with, given the remaining whole seconds and the failure by which the service was last down. */
  refusal?: (seconds: number, last: UpstreamFailure | undefined) => UpstreamFailure;
};

export function createCircuit(options: CircuitOptions): Circuit {
  const { judge, suspect = () => {}, refusal = serviceIsDown, isOpenedByProbe = true } = options;
  const state = createState(options);
  const failures: Failures = new Map();
  let isOnTrial = false;
  let lastFailure: UpstreamFailure | undefined;

  function fail(kind: string, who: Who | undefined): void {
    const limit = isOnTrial ? maxOnTrial : maxFailures;
    const failed = failures.get(kind) ?? { count: createCallerCount(maxCallers), limit };
    failures.set(kind, failed);
    failed.count.add(who);
    const callers = failed.count.callers();
    if (callers >= failed.limit) state.open(`the calls of ${callers} different askers failed in a row`);
    else if (failed.count.calls() % suspiciousCalls === 0) suspect();
  }

  function succeed(kind: string): void {
    failures.delete(kind);
    // A service that starts a conversation may still answer no question.
    if (kind === "begin") return;
    isOnTrial = false;
    state.resetPause();
  }

  function close(): void {
    isOnTrial = true;
    raiseLimits(failures);
    state.become("closed", "the service answers again");
  }

  /** Ignores results of calls that started before the last change of state. */
  function reportTo(receive: (verdict: Verdict) => void): Report {
    const started = state.changes();
    return (failure) => {
      const verdict = failure ? judge(failure) : "healthy";
      if (failure && verdict === "down") lastFailure = failure;
      if (state.changes() === started) receive(verdict);
    };
  }

  return {
    state: state.now,
    needsProbe: () => state.now() === "half-open" || (state.now() === "open" && state.pauseLeft() <= 0),
    check() {
      if (state.now() === "closed") return;
      throw refusal(Math.max(1, Math.ceil(state.pauseLeft() / 1000)), lastFailure);
    },
    startCall: (kind, who) =>
      reportTo((verdict) => {
        if (state.now() !== "closed") return;
        if (verdict === "down") fail(kind, who);
        else if (verdict === "healthy") succeed(kind);
      }),
    probe() {
      if (state.now() === "open")
        state.become("half-open", "a call of our own goes to see whether the service is back");
      return reportTo((verdict) => {
        if (state.now() === "half-open") {
          if (verdict === "down") state.open("the service is still down");
          else close();
        } else if (verdict === "down" && isOpenedByProbe) state.open("a call of our own failed too");
      });
    },
  };
}

/** Callers who have failed since a success, by kind of call, and at how many of them the circuit opens. */
type Failures = Map<string, { count: CallerCount; limit: number }>;

/** Callers who have failed no longer count. */
function raiseLimits(failures: Failures): void {
  for (const [kind, failed] of failures) {
    failed.limit = failed.count.callers() + maxOnTrial;
    if (failed.limit > maxCallers) failures.delete(kind);
  }
}

/** The state, and its pause, which doubles each time until it is reset. */
function createState({ clock, changed, firstPauseMs = 1000, maxPauseMs = 60_000 }: CircuitOptions) {
  let state: CircuitState = "closed";
  let changes = 0;
  let pauseMs = firstPauseMs;
  let pausedUntil = 0;

  function become(next: CircuitState, detail: string): void {
    state = next;
    changes++;
    changed?.(next, detail);
  }

  return {
    now: () => state,
    changes: () => changes,
    become,
    open(detail: string) {
      pausedUntil = clock() + pauseMs;
      become("open", `${detail}; looked at again in ${pauseMs} ms`);
      pauseMs = Math.min(2 * pauseMs, maxPauseMs);
    },
    /** Milliseconds. */
    pauseLeft: () => pausedUntil - clock(),
    resetPause: () => void (pauseMs = firstPauseMs),
  };
}

const serviceIsDown = (seconds: number) =>
  new UpstreamFailure("upstream-busy", "refused by us: the service was down a moment ago", seconds, true);
