/** `POST /v1/conversations/{conversation}/messages`: asks a further question in a conversation. */
import { readQuestion } from "../guards/body.ts";
import { Refused } from "../guards/refusal.ts";
import { answerResponse } from "./answer-response.ts";
import { answerTurn } from "./answer-turn.ts";
import { ownConversation } from "./conversation.ts";
import { joinOrBegin } from "./join-or-begin.ts";
import type { Handler, Parts } from "./parts.ts";
import { turnKey } from "./turn-key.ts";

/** Seconds after which a visitor whose last question is still being answered may try again. */
const runningWait = 2;

export function sendMessage(parts: Parts): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, parts);
    const question = await readQuestion(c.req.raw, parts.limits);
    const key = turnKey(conversation, question.turn);
    if (parts.conversations.isForgotten(conversation.id)) throw new Refused("not-found");
    // A conversation is one talk: upstream's answers carry no sign of their question, so two at once could be mixed up.
    // It is the visitor who is too fast (in two tabs, say), not the service that is busy; hence `too-many`.
    const known = parts.turns.find(key);
    if ((!known || known.untouched) && parts.conversations.running(conversation.id))
      throw new Refused("too-many", { retryAfter: runningWait });
    const { turn, isNew } = joinOrBegin(parts, key, question);
    if (isNew) {
      parts.conversations.noteRunning(conversation.id, turn);
      void answerTurn(parts, turn, { question, conversation, request: c.get("requestId") });
    }
    return answerResponse(c, parts, turn, { turn: question.turn, conversation: conversation.id });
  };
}
