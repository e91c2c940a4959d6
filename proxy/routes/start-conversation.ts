/** `POST /v1/agents/{agent}/conversations`: begins a conversation and answers its first question in one request. */
import { forRequest } from "../meters/request-names.ts";
import type { Question } from "../protocol/bodies.ts";
import { readQuestion } from "../guards/body.ts";
import { isPerson } from "../guards/identity.ts";
import { presentVisitor } from "../guards/present-visitor.ts";
import { proofHeader } from "../protocol/headers.ts";
import type { Turn } from "../turns/turn.ts";
import { namedAgent, type Agent } from "./agent.ts";
import { answerResponse } from "./answer-response.ts";
import { answerTurn, failTurn } from "./answer-turn.ts";
import { sealConversation } from "./conversation.ts";
import { joinOrBegin } from "./join-or-begin.ts";
import type { Handler, Parts } from "./parts.ts";
import { turnKey } from "./turn-key.ts";

type Beginning = {
  agent: Agent;
  question: Question;
  origin: string | null;
  visitor: string | null;
  request: string;
};

export function startConversation(parts: Parts): Handler {
  return async (c) => {
    const agent = namedAgent(c, parts);
    const origin = c.get("origin");
    const visitor = await presentVisitor(c, parts, agent.alias);
    const person = visitor !== null && isPerson(visitor) ? visitor : null;
    const question = await readQuestion(c.req.raw, parts.limits);
    // Nobody has a token yet: the turn's UUID, which only its browser knows, is what lets one join.
    const key = JSON.stringify(["new", agent.alias, origin, person, question.turn]);
    if (visitor === null && !parts.turns.find(key)) {
      await parts.proofs.demand(c.req.header(proofHeader), { agent: agent.alias, origin });
      parts.busy.newcomer();
    }
    const { turn, isNew } = joinOrBegin(parts, key, question);
    if (isNew) void begin(parts, turn, { agent, question, origin, visitor, request: c.get("requestId") });
    return answerResponse(c, parts, turn, { turn: question.turn, conversation: null });
  };
}

async function begin(parts: Parts, turn: Turn, beginning: Beginning): Promise<void> {
  const { agent, question, origin, request } = beginning;
  try {
    const signal = forRequest(turn.signal, request);
    const session = await parts.upstream.begin(agent.project, nameFor(question.prompt), signal);
    const person = beginning.visitor !== null && isPerson(beginning.visitor) ? beginning.visitor : null;
    // A person's conversation opens with their identity only; the token they are given is that of nobody in particular.
    const known = person === null ? (beginning.visitor ?? undefined) : undefined;
    const { visitor, token } = parts.visitors.issue({ agent: agent.alias, origin, visitor: known });
    const conversation = sealConversation(parts, { ...agent, session, visitor: person ?? visitor });
    if (person !== null) void parts.latest.note(person, agent.alias, conversation.id);
    parts.turns.alsoKnownAs(turnKey(conversation, question.turn), turn);
    parts.conversations.noteRunning(conversation.id, turn);
    turn.open({ conversation: conversation.id, visitor: token });
    await answerTurn(parts, turn, { question, conversation, request });
  } catch (error) {
    failTurn(parts, turn, error, request);
    turn.untouched = true;
  }
}

/** What the conversation is called in the owner's dashboard. */
function nameFor(prompt: string): string {
  return Array.from(prompt.trim().replace(/\s+/g, " ")).slice(0, 60).join("");
}
