/** Circuit breakers for a service that rejects every question without saying for how long, by account and by agent. */
import type { Who } from "../../metrics/request-id.ts";
import type { ProblemCode } from "../../protocol/problems.ts";
import { createCircuit, type Circuit } from "./circuit-breaker.ts";
import { UpstreamFailure } from "../errors.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;

export type RejectionBreaker = {
  /** Throws what the service said last while it is left alone. */
  check(project: number): void;
  /** The same for what is said of the account as a whole. */
  checkAccount(): void;
  isInDoubt(project: number): boolean;
  /** A visitor's call goes now. What it came to must be told: its failure, null when it was taken, undefined for neither. */
  begin(
    kind: string,
    project: number,
    who: Who | undefined,
  ): (result: UpstreamFailure | null | undefined) => void;
  /** A call of our own goes now. What it came to must be told: its failure, or null. */
  probe(project: number): (result: UpstreamFailure | null) => void;
};

/** What is said of the account as a whole; of these only a wait that is not known is kept here. */
const ofAccount: ReadonlySet<ProblemCode> = new Set(["upstream-busy", "budget-used-up"]);
const isOfAccount = ({ code, retryAfter }: UpstreamFailure) =>
  ofAccount.has(code) && retryAfter === undefined;

/** `clock` tells milliseconds since 1970; `suspect` is told when visitors of an agent are turned down in a row. */
export function createRejectionBreaker(
  clock: () => number,
  suspect: (project: number) => void,
): RejectionBreaker {
  const pauses = { clock, firstPauseMs, longestPauseMs, proof: "ask", isOpenedByProbe: false };
  let said: ProblemCode = "upstream-busy";
  const account = createCircuit({
    ...pauses,
    refusal: (seconds) =>
      new UpstreamFailure(
        said,
        "refused by us: the service turned down everybody a moment ago",
        said === "upstream-busy" ? seconds : undefined,
        true,
      ),
  });
  /** One for each agent that was ever asked: those are the configured ones. */
  const agents = new Map<number, Circuit>();

  function agent(project: number): Circuit {
    const known = agents.get(project);
    if (known) return known;
    const detail = "refused by us: the service turned down this agent a moment ago";
    const refusal = () => new UpstreamFailure("agent-unavailable", detail, undefined, true);
    const circuit = createCircuit({ ...pauses, refusal, suspect: () => suspect(project) });
    agents.set(project, circuit);
    return circuit;
  }

  return {
    check(project) {
      account.check();
      agent(project).check();
    },
    checkAccount: () => account.check(),
    isInDoubt: (project) => account.isInDoubt() || agent(project).isInDoubt(),
    begin(kind, project, who) {
      const recordForAccount = account.begin(kind, who);
      const recordForAgent = agent(project).begin(kind, who);
      return (result) => {
        if (result === undefined) return;
        const ofAll = result !== null && isOfAccount(result);
        if (ofAll) said = result.code;
        const otherwise = result === null ? "healthy" : "unknown";
        recordForAccount(ofAll ? "down" : otherwise);
        recordForAgent(result?.code === "agent-unavailable" ? "down" : otherwise);
      };
    },
    probe(project) {
      const recordForAccount = account.probe();
      const recordForAgent = agent(project).probe();
      return (result) => {
        const ofAll = result !== null && isOfAccount(result);
        if (ofAll) said = result.code;
        recordForAccount(ofAll ? "down" : "healthy");
        recordForAgent(result?.code === "agent-unavailable" ? "down" : "healthy");
      };
    },
  };
}
