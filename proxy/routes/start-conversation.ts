/** `POST /v1/agents/{agent}/conversations`: begins a conversation and answers its first question in one request. */
import { forRequest } from "../metrics/request-id.ts";
import type { Question } from "../protocol/bodies.ts";
import { untilEnded } from "../turns/wait-for-turn.ts";
import { readQuestion } from "../http/read-body.ts";
import { isPerson } from "../auth/identity-jwt.ts";
import { presentVisitor } from "../auth/authenticate.ts";
import { proofHeader, secretHeader } from "../protocol/headers.ts";
import { namedAgent, type Agent } from "../answering/find-agent.ts";
import { answerResponse } from "../answering/answer-response.ts";
import { answerTurn } from "../answering/ask-upstream.ts";
import { joinOrBegin, type Begun } from "../answering/begin-turn.ts";
import { sealConversation, type Conversation } from "../answering/conversation-id.ts";
import type { Handler, Parts } from "../deps.ts";
import { firstTurnKey, turnKey } from "../answering/turn-key.ts";
import { unattended } from "../answering/run-detached.ts";
import { untilDone } from "../answering/detached-signal.ts";
import { failAnswer } from "../answering/write-answer.ts";

type Beginning = { agent: Agent; question: Question; origin: string | null; visitor: string };

export function startConversation(parts: Parts): Handler {
  return async (c) => {
    const agent = namedAgent(c, parts);
    const origin = c.get("origin");
    const present = await presentVisitor(c, parts, agent.alias);
    const visitor = present ?? parts.visitors.issue({ agent: agent.alias, origin }).visitor;
    const question = await readQuestion(c.req.raw, parts.limits);
    const key = firstTurnKey({ agent: agent.alias, origin, visitor: present }, question.turn);
    const digest = present === null ? parts.turnSecrets(c.req.header(secretHeader)) : null;
    const { turn, begun } = await joinOrBegin(
      c,
      parts,
      { key, prompt: question.prompt, conversation: null, digest },
      { agent: agent.alias, visitor, isNew: present === null },
      async () => {
        if (present !== null) return;
        await parts.proofs.demand(c.req.header(proofHeader), { agent: agent.alias, origin });
      },
    );
    // Whom a limit refused is nobody for whose sake others have to work.
    if (begun && present === null) parts.busy.newcomer();
    if (begun) unattended(parts, begun, begin(parts, begun, { agent, question, origin, visitor }));
    return answerResponse(c, parts, turn, { turn: question.turn, conversation: null });
  };
}

async function begin(parts: Parts, begun: Begun, beginning: Beginning): Promise<void> {
  const { writer, lease, request } = begun;
  let conversation: Conversation;
  try {
    conversation = await open(parts, begun, beginning);
  } catch (error) {
    countUnbegun(parts, begun);
    failAnswer(parts, writer, error, request, () => true);
    lease.refund();
    return;
  }
  const { untouched } = await answerTurn(parts, begun, beginning.question, conversation);
  if (untouched) await dropUnused(parts, begun, conversation);
}

/**
 * Takes away, upstream too, a conversation in which the service took no question, so that refused tries leave nothing
 * behind. One that somebody was told of stays: they may ask again in it.
 */
async function dropUnused(
  parts: Parts,
  { turn, request }: Begun,
  { project, session, id, alias, visitor }: Conversation,
): Promise<void> {
  await untilEnded(turn, parts.schedule);
  if (turn.isTold) return;
  if (isPerson(visitor)) await parts.latest.forget(visitor, alias, id);
  // An empty conversation more is no reason to ask twice. Nobody's call but ours, so that it takes no visitor's part.
  await parts.upstream.forget(project, session, untilDone(request)).catch(() => {});
}

/** An answer that failed before there was a conversation to ask in. */
function countUnbegun({ meters, clock }: Parts, { agent, at, writer }: Begun): void {
  const outcome = writer.signal.aborted ? "stopped" : "failed";
  meters.turnBegan(agent);
  meters.turnEnded(agent, { outcome, milliseconds: clock() - at, length: 0 });
}

async function open(
  parts: Parts,
  { turn, writer, request, who }: Begun,
  { agent, question, origin, visitor }: Beginning,
): Promise<Conversation> {
  const signal = forRequest(writer.signal, request, who);
  const session = await parts.upstream.begin(agent.project, nameAt(parts.clock()), signal);
  const person = personOf(visitor);
  // A person is let in by their identity only: a token would make a second visitor of them, with limits of its own.
  const token = person === null ? parts.visitors.issue({ agent: agent.alias, origin, visitor }).token : "";
  const conversation = sealConversation(parts, { ...agent, session, visitor });
  if (person !== null) void parts.latest.note(person, agent.alias, conversation.id);
  // Sent again it is the same turn, in the conversation or, with the token that it brought, once more as a beginning.
  parts.turns.alsoKnownAs(turn, turnKey(conversation, question.turn), conversation.id);
  const again = firstTurnKey({ agent: agent.alias, origin, visitor }, question.turn);
  parts.turns.alsoKnownAs(turn, again, conversation.id);
  await writer.open({ conversation: conversation.id, visitor: token });
  return conversation;
}

const personOf = (visitor: string) => (isPerson(visitor) ? visitor : null);

/**
 * What the conversation is called in the owner's dashboard. Nothing of the visitor's: what a firewall or the service has
 * against their words must not keep a conversation from beginning, which says that the service works.
 */
function nameAt(time: number): string {
  return `Website chat, ${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
