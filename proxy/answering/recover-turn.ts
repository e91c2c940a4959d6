/** Recovery of a turn whose instance died or stopped: reads the stored answer from upstream, asks nothing again. */
import { problemOf } from "../http/errors.ts";
import { forRequest } from "../metrics/request-id.ts";
import type { Orphan } from "../turns/redis/redis-turns.ts";
import { openConversation } from "./conversation-id.ts";
import type { ProxyDeps } from "../deps.ts";
import { writeAnswer } from "./write-answer.ts";

export async function recoverTurn(deps: ProxyDeps, orphan: Orphan): Promise<void> {
  const { turn, writer, prompt, newerThan } = orphan;
  const request = "adopted";
  const conversation = openConversation(deps, orphan.conversation);
  deps.log.info({ id: request, hasConversation: conversation !== null }, "turn taken over");
  // Events name the conversation before its question is asked; without one, nothing was asked.
  if (!conversation) return writer.fail(problemOf("upstream-down"), orphan.conversation === "");
  const { project, session } = conversation;
  const question = { project, session, prompt, ...(newerThan === undefined ? {} : { newerThan }) };
  await writeAnswer(deps, {
    writer,
    conversation,
    request,
    at: deps.clock(),
    async ask(sink) {
      // The instance may have asked before it died.
      sink.accepted();
      return deps.upstream.recover(
        question,
        turn.log.text,
        turn.isCited ? { ...sink, citations: () => {} } : sink,
        forRequest(writer.signal, request),
      );
    },
  });
}
