/** Circuits that a call passes: one for its kind; for questions also one for the account and one for the agent. */
import { UpstreamFailure } from "../errors.ts";
import type { CallKind } from "../types.ts";
import { type Circuit, type CircuitOptions, createCircuit, type Verdict } from "./circuit.ts";

/** Calls that a question consists of. */
export const isQuestion = (kind: CallKind) => kind === "begin" || kind === "ask";

export function createCircuits(options: {
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Called when the circuit of questions changes. */
  changed: NonNullable<CircuitOptions["changed"]>;
  /** Called when calls fail in a row; without a project where it is not about one agent. */
  suspect: (project?: number) => void;
}) {
  const { clock, changed, suspect } = options;
  const service = { clock, judge: judgeService, suspect: () => suspect() };
  const questions = createCircuit({ ...service, changed });
  /** Ratings that fail, say, must keep no visitor from asking. */
  const others = new Map<CallKind, Circuit>();
  const rejections = { clock, firstPauseMs: 500, maxPauseMs: 30_000, isOpenedByProbe: false };
  const account = createCircuit({ ...rejections, judge: judgeAccount, refusal: refuseAccount });
  /** One for each agent that was ever asked: those are the configured ones. */
  const agents = new Map<number, Circuit>();

  const other = (kind: CallKind) => getOrCreate(others, kind, () => createCircuit(service));
  const agent = (project: number) =>
    getOrCreate(agents, project, () =>
      createCircuit({
        ...rejections,
        judge: judgeAgent,
        refusal: refuseAgent,
        suspect: () => suspect(project),
      }),
    );

  return {
    questions,
    account,
    agent,
    /** In the order in which they refuse. A service that rejects questions may still show what was said. */
    passedBy: (kind: CallKind, project: number): Circuit[] =>
      isQuestion(kind) ? [questions, account, agent(project)] : [other(kind)],
    /** Those to which a probe of this agent says something. */
    probedBy: (project: number): Circuit[] => [
      questions,
      ...[...others.values()].filter((circuit) => circuit.needsProbe()),
      account,
      agent(project),
    ],
  };
}

function getOrCreate<Key>(circuits: Map<Key, Circuit>, key: Key, create: () => Circuit): Circuit {
  const circuit = circuits.get(key) ?? create();
  circuits.set(key, circuit);
  return circuit;
}

function judgeService({ code }: UpstreamFailure): Verdict {
  if (code === "upstream-down") return "down";
  // Said of the visitor's words, by the service or by a firewall before it.
  return code === "bad-request" || code === "too-long" ? "unknown" : "healthy";
}

/** A wait that the service names is a pause and opens no circuit. */
function judgeAccount({ code, retryAfter }: UpstreamFailure): Verdict {
  const isOfAccount = code === "upstream-busy" || code === "budget-used-up";
  return isOfAccount && retryAfter === undefined ? "down" : "unknown";
}

const judgeAgent = ({ code }: UpstreamFailure): Verdict =>
  code === "agent-unavailable" ? "down" : "unknown";

function refuseAccount(seconds: number, last: UpstreamFailure | undefined): UpstreamFailure {
  const code = last?.code ?? "upstream-busy";
  const detail = "refused by us: the service turned down everybody a moment ago";
  return new UpstreamFailure(code, detail, code === "upstream-busy" ? seconds : undefined, true);
}

function refuseAgent(): UpstreamFailure {
  const detail = "refused by us: the service turned down this agent a moment ago";
  return new UpstreamFailure("agent-unavailable", detail, undefined, true);
}
