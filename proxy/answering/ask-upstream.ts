/** Has upstream answer a turn's question. */
import { forRequest } from "../metrics/request-id.ts";
import type { Question } from "../protocol/bodies.ts";
import type { UpstreamQuestion } from "../upstream/types.ts";
import type { Begun } from "./begin-turn.ts";
import type { Conversation } from "./conversation-id.ts";
import type { Parts } from "../deps.ts";
import { writeAnswer } from "./write-answer.ts";

/** Asks, and writes what comes into the turn until the turn has ended. Resolves as `writeAnswer` does. */
export async function answerTurn(
  parts: Parts,
  { writer, lease, request, who, at }: Begun,
  question: Question,
  conversation: Conversation,
): Promise<{ untouched: boolean }> {
  let untouched = false;
  try {
    const newest = await parts.conversations.newest(conversation.id);
    ({ untouched } = await writeAnswer(parts, {
      writer,
      conversation,
      request,
      at,
      ask: (sink) =>
        parts.upstream.ask(
          upstreamQuestion(question, conversation, newest),
          sink,
          forRequest(writer.signal, request, who),
        ),
    }));
  } finally {
    if (untouched) lease.refund();
    else lease.end();
  }
  return { untouched };
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
