/** `POST /v1/agents/{agent}/conversations`: starts a conversation and answers its first question in one request. */
import { forRequest } from "../metrics/request-id.ts";
import type { Question } from "../protocol/bodies.ts";
import { untilEnded } from "../turns/wait-for-turn.ts";
import { readQuestion } from "../http/read-body.ts";
import { isPerson } from "../auth/identity-jwt.ts";
import { presentVisitor } from "../auth/authenticate.ts";
import { proofHeader, secretHeader } from "../protocol/headers.ts";
import { namedAgent, type Agent } from "../answering/find-agent.ts";
import { answerResponse } from "../answering/answer-response.ts";
import { askUpstream } from "../answering/ask-upstream.ts";
import { joinOrStart, type StartedTurn } from "../answering/start-turn.ts";
import { sealConversation, type Conversation } from "../answering/conversation-id.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { firstTurnKey, turnKey } from "../answering/turn-key.ts";
import { runDetached } from "../answering/run-detached.ts";
import { untilDone } from "../answering/detached-signal.ts";
import { failAnswer } from "../answering/write-answer.ts";

type Beginning = { agent: Agent; question: Question; origin: string | null; visitor: string };

export function startConversation(deps: ProxyDeps): Handler {
  return async (c) => {
    const agent = namedAgent(c, deps);
    const origin = c.get("origin");
    const present = await presentVisitor(c, deps, agent.alias);
    const visitor = present ?? deps.visitors.issue({ agent: agent.alias, origin }).visitor;
    const question = await readQuestion(c.req.raw, deps.limits);
    const key = firstTurnKey({ agent: agent.alias, origin, visitor: present }, question.turn);
    const digest = present === null ? deps.turnSecrets(c.req.header(secretHeader)) : null;
    const { turn, begun } = await joinOrStart(
      c,
      deps,
      { key, prompt: question.prompt, conversation: null, digest },
      { agent: agent.alias, visitor, isNew: present === null },
      async () => {
        if (present !== null) return;
        await deps.proofs.demand(c.req.header(proofHeader), { agent: agent.alias, origin });
      },
    );
    // A visitor refused by a limit does not count as load, for which others would have to solve challenges.
    if (begun && present === null) deps.busy.newcomer();
    if (begun) runDetached(deps, begun, openAndAsk(deps, begun, { agent, question, origin, visitor }));
    return answerResponse(c, deps, turn, { turn: question.turn, conversation: null });
  };
}

async function openAndAsk(deps: ProxyDeps, begun: StartedTurn, beginning: Beginning): Promise<void> {
  const { writer, lease, request } = begun;
  let conversation: Conversation;
  try {
    conversation = await open(deps, begun, beginning);
  } catch (error) {
    countUnbegun(deps, begun);
    failAnswer(deps, writer, error, request, () => true);
    lease.refund();
    return;
  }
  const { retryable } = await askUpstream(deps, begun, beginning.question, conversation);
  if (retryable) await dropUnused(deps, begun, conversation);
}

/**
 * Deletes a conversation, upstream too, in which the service accepted no question, so that refused tries leave nothing
 * behind. One that a client already knows stays: the visitor may ask again in it.
 */
async function dropUnused(
  deps: ProxyDeps,
  { turn, request }: StartedTurn,
  { project, session, id, alias, visitor }: Conversation,
): Promise<void> {
  await untilEnded(turn, deps.schedule);
  if (turn.isTold) return;
  if (isPerson(visitor)) await deps.latest.forget(visitor, alias, id);
  // One more empty conversation is no reason to retry. The call counts for no visitor.
  await deps.upstream.forget(project, session, untilDone(request)).catch(() => {});
}

/** An answer that failed before there was a conversation to ask in. */
function countUnbegun({ metrics, clock }: ProxyDeps, { agent, at, writer }: StartedTurn): void {
  const outcome = writer.signal.aborted ? "stopped" : "failed";
  metrics.turnBegan(agent);
  metrics.turnEnded(agent, { outcome, milliseconds: clock() - at, length: 0 });
}

async function open(
  deps: ProxyDeps,
  { turn, writer, request, who }: StartedTurn,
  { agent, question, origin, visitor }: Beginning,
): Promise<Conversation> {
  const signal = forRequest(writer.signal, request, who);
  const session = await deps.upstream.startConversation(agent.project, nameAt(deps.clock()), signal);
  const person = personOf(visitor);
  // A person is let in by their identity only: a token would make a second visitor of them, with limits of its own.
  const token = person === null ? deps.visitors.issue({ agent: agent.alias, origin, visitor }).token : "";
  const conversation = sealConversation(deps, { ...agent, session, visitor });
  if (person !== null) void deps.latest.note(person, agent.alias, conversation.id);
  // Sent again it is the same turn, in the conversation or, with the token that it brought, once more as a beginning.
  deps.turns.alsoKnownAs(turn, turnKey(conversation, question.turn), conversation.id);
  const again = firstTurnKey({ agent: agent.alias, origin, visitor }, question.turn);
  deps.turns.alsoKnownAs(turn, again, conversation.id);
  await writer.open({ conversation: conversation.id, visitor: token });
  return conversation;
}

const personOf = (visitor: string) => (isPerson(visitor) ? visitor : null);

/**
 * Name of the conversation in the owner's dashboard. Contains nothing of the visitor's: a firewall or the service could
 * reject the text, and the conversation with it.
 */
function nameAt(time: number): string {
  return `Website chat, ${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
