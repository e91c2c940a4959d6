/** Stops asking a service that turns everybody down without saying for how long: too busy, out of queries, not you. */
import type { ProblemCode } from "../protocol/problems.ts";
import { createCircuit, type Circuit } from "./circuit.ts";
import { UpstreamFailure } from "./failures.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;

export type TurnedDown = {
  /** Throws what the service said last while it is left alone. */
  check(project: number): void;
  /** The same for a call that goes now. What it came to must be told: its failure, or null when it was taken. */
  begin(kind: string, project: number): (result: unknown) => void;
};

/** What is said of the account as a whole; of these only a wait that is not known is kept here. */
const ofAccount: ReadonlySet<ProblemCode> = new Set(["upstream-busy", "budget-used-up"]);

/** `clock` tells milliseconds since 1970. */
export function createTurnedDown(clock: () => number): TurnedDown {
  let said: ProblemCode = "upstream-busy";
  const account = createCircuit({
    clock,
    firstPauseMs,
    longestPauseMs,
    proof: "ask",
    refusal: (seconds) =>
      new UpstreamFailure(
        said,
        "refused by us: the service turned down everybody a moment ago",
        said === "upstream-busy" ? seconds : undefined,
      ),
  });
  /** One for each agent that was ever asked: those are the configured ones. */
  const agents = new Map<number, Circuit>();

  function agent(project: number): Circuit {
    const known = agents.get(project);
    if (known) return known;
    const refusal = () =>
      new UpstreamFailure(
        "agent-unavailable",
        "refused by us: the service turned down this agent a moment ago",
      );
    const circuit = createCircuit({ clock, firstPauseMs, longestPauseMs, refusal, proof: "ask" });
    agents.set(project, circuit);
    return circuit;
  }

  return {
    check(project) {
      account.check();
      agent(project).check();
    },
    begin(kind, project) {
      agent(project).check();
      const judgeAccount = account.begin(kind);
      const judgeAgent = agent(project).begin(kind);
      return (result) => {
        const failure = result instanceof UpstreamFailure ? result : null;
        const isOfAccount =
          failure !== null && ofAccount.has(failure.code) && failure.retryAfter === undefined;
        if (isOfAccount) said = failure.code;
        const otherwise = result === null ? "alive" : "unknown";
        judgeAccount(isOfAccount ? "down" : otherwise);
        judgeAgent(failure?.code === "agent-unavailable" ? "down" : otherwise);
      };
    },
  };
}
