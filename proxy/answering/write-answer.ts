/** Writer of upstream's answer into a turn; it runs to the end, also when the connection that asked is closed. */
import type { ProblemCode } from "../protocol/problems.ts";
import { problemOf } from "../http/errors.ts";
import type { TurnOutcome } from "../metrics/metrics.ts";
import type { TurnWriter } from "../turns/turn-writer.ts";
import { NotAsked } from "../upstream/errors.ts";
import type { AnswerSink } from "../upstream/types.ts";
import { sealMessage, type Conversation } from "./conversation-id.ts";
import { toRefusal } from "./to-refusal.ts";
import type { ProxyDeps } from "../deps.ts";
import { publicCitations } from "./public-citations.ts";

/** Codes with which upstream rejects the question, unless it had accepted it before. */
const notTaken: ReadonlySet<ProblemCode> = new Set([
  "upstream-busy",
  "too-many",
  "budget-used-up",
  "agent-unavailable",
  "bad-request",
  "too-long",
  "not-found",
]);

type Writing = {
  writer: TurnWriter;
  conversation: Conversation;
  /** The id of the request that began the turn, for the log. */
  request: string;
  /** Arrival of the question, in milliseconds since 1970. */
  at: number;
  ask: (sink: AnswerSink) => Promise<{ message: number | null }>;
};

/** Never rejects. Resolves with whether upstream surely never took the question. */
export async function writeAnswer(deps: ProxyDeps, writing: Writing): Promise<{ retryable: boolean }> {
  const { writer, conversation, request, at, ask } = writing;
  const { metrics, clock } = deps;
  const agent = conversation.alias;
  let length = 0;
  let retryable = false;
  let isAccepted = false;
  let outcome: TurnOutcome = "answered";
  const sink: AnswerSink = {
    accepted: () => void (isAccepted = true),
    delta(text) {
      if (length === 0) metrics.firstDelta(agent, clock() - at);
      length += text.length;
      writer.write(text);
    },
    citations: (citations) => writer.cite(publicCitations(deps, citations)),
  };
  metrics.turnBegan(agent);
  try {
    const { message } = await ask(sink);
    // First, so that the next request finds it on any instance.
    if (message !== null) await deps.conversations.noteMessage(conversation.id, message);
    writer.finish(message === null ? null : sealMessage(deps, conversation, message));
  } catch (error) {
    outcome = writer.signal.aborted ? "stopped" : "failed";
    retryable = failAnswer(deps, writer, error, request, (code) => !isAccepted && notTaken.has(code));
  }
  metrics.turnEnded(agent, { outcome, milliseconds: clock() - at, length });
  return { retryable };
}

/**
 * Ends a turn with the thrown error, unless it was stopped. Returns whether upstream certainly did not accept its
 * question.
 */
export function failAnswer(
  deps: ProxyDeps,
  writer: TurnWriter,
  error: unknown,
  request: string,
  isRetryable: (code: ProblemCode) => boolean,
): boolean {
  if (writer.signal.aborted) return error instanceof NotAsked;
  const { code, details } = toRefusal(error, deps.log, request);
  const retryable = isRetryable(code);
  deps.log.warn({ id: request, problem: code }, "turn failed");
  deps.metrics.problem(code);
  writer.fail(problemOf(code, details.retryAfter, details), retryable);
  return retryable;
}
