/** `POST /v1/conversations/{conversation}/messages`: asks a further question in a conversation. */
import { readQuestion } from "../http/read-body.ts";
import { answerResponse } from "../answering/answer-response.ts";
import { askUpstream } from "../answering/ask-upstream.ts";
import { joinOrStart } from "../answering/start-turn.ts";
import { ownConversation } from "../answering/conversation-id.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { turnKey } from "../answering/turn-key.ts";
import { runDetached } from "../answering/run-detached.ts";

export function sendMessage(deps: ProxyDeps): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, deps);
    const { id, alias, visitor } = conversation;
    const question = await readQuestion(c.req.raw, deps.limits);
    const asking = {
      key: turnKey(conversation, question.turn),
      prompt: question.prompt,
      conversation: id,
      digest: null,
    };
    const { turn, begun } = await joinOrStart(c, deps, asking, { agent: alias, visitor, isNew: false });
    if (begun) runDetached(deps, begun, askUpstream(deps, begun, question, conversation));
    return answerResponse(c, deps, turn, { turn: question.turn, conversation: id });
  };
}
