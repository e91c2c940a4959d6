/** Request to upstream for a turn's answer. */
import { forRequest } from "../metrics/request-id.ts";
import type { Question } from "../protocol/bodies.ts";
import type { UpstreamQuestion } from "../upstream/types.ts";
import type { StartedTurn } from "./start-turn.ts";
import type { Conversation } from "./conversation-id.ts";
import type { ProxyDeps } from "../deps.ts";
import { writeAnswer } from "./write-answer.ts";

/** Asks upstream and writes its answer into the turn. Resolves as `writeAnswer` does. */
export async function askUpstream(
  deps: ProxyDeps,
  { writer, lease, request, who, at }: StartedTurn,
  question: Question,
  conversation: Conversation,
): Promise<{ retryable: boolean }> {
  let retryable = false;
  try {
    const newest = await deps.conversations.newest(conversation.id);
    ({ retryable } = await writeAnswer(deps, {
      writer,
      conversation,
      request,
      at,
      ask: (sink) =>
        deps.upstream.ask(
          { ...upstreamQuestion(question, conversation, newest), ...deps.answersOf(conversation.alias) },
          sink,
          forRequest(writer.signal, request, who),
        ),
    }));
  } finally {
    if (retryable) lease.refund();
    else lease.end();
  }
  return { retryable: retryable };
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
