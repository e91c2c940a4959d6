/** Has upstream answer a turn's question; belongs to the turn, not to the connection that asked. */
import { forRequest } from "../meters/request-names.ts";
import type { Question } from "../protocol/bodies.ts";
import type { ProblemCode } from "../protocol/problems.ts";
import { problemOf } from "../guards/refusal.ts";
import type { Turn } from "../turns/turn.ts";
import type { UpstreamQuestion } from "../upstream/upstream.ts";
import { sealMessage, type Conversation } from "./conversation.ts";
import { refusalFor } from "./failure.ts";
import type { Parts } from "./parts.ts";
import { publicCitations } from "./picture.ts";

/** Codes by which upstream says that it did not take the question. */
const notTaken: ReadonlySet<ProblemCode> = new Set([
  "upstream-busy",
  "too-many",
  "budget-used-up",
  "agent-unavailable",
]);

type Asked = {
  question: Question;
  conversation: Conversation;
  /** The id of the request that began the turn, for the log. */
  request: string;
};

/** Asks, and writes what comes into the turn until the turn has ended. Never rejects. */
export async function answerTurn(
  parts: Parts,
  turn: Turn,
  { question, conversation, request }: Asked,
): Promise<void> {
  const { upstream, conversations } = parts;
  try {
    const { message } = await upstream.ask(
      upstreamQuestion(question, conversation, conversations.newest(conversation.id)),
      {
        delta: (text) => turn.write(text),
        citations: (citations) => turn.cite(publicCitations(parts, citations)),
      },
      forRequest(turn.signal, request),
    );
    if (message !== null) conversations.noteMessage(conversation.id, message);
    turn.finish(message === null ? null : sealMessage(parts, conversation, message));
  } catch (error) {
    failTurn(parts, turn, error, request);
    turn.untouched =
      turn.answer === "" && turn.ending?.kind === "failed" && notTaken.has(turn.ending.problem.code);
  } finally {
    conversations.noteEnded(conversation.id, turn);
  }
}

/** Ends a turn with what was thrown. A turn that has ended already (it was stopped) stays as it is. */
export function failTurn(parts: Parts, turn: Turn, error: unknown, request: string): void {
  if (turn.ending) return;
  const { code, details } = refusalFor(error, parts.log, request);
  parts.log.warn({ id: request, problem: code }, "turn failed");
  turn.fail(problemOf(code, details.retryAfter));
}

function upstreamQuestion(
  question: Question,
  conversation: Conversation,
  newest: number | undefined,
): UpstreamQuestion {
  const { prompt, language, page } = question;
  const { project, session } = conversation;
  const asked: UpstreamQuestion = { project, session, prompt };
  if (language !== undefined) asked.language = language;
  if (page !== undefined) asked.page = page;
  if (newest !== undefined) asked.newerThan = newest;
  return asked;
}
