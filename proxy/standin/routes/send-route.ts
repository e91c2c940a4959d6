/** Route that answers a message from the pages, as one JSON body or as a stream. */
import { answer } from "../content/answer.ts";
import { date, success } from "../wire/envelope.ts";
import { faultNames } from "../wire/fault-names.ts";
import { limits } from "../limits.ts";
import { writeCitations, writeMessage } from "./message-form.ts";
import { piecesOf } from "../stream/pieces.ts";
import { playStream } from "../stream/play-stream.ts";
import { noSuchConversation, Refusal } from "../wire/refusal.ts";
import { isYes, textOf, type Fields } from "../wire/request-body.ts";
import { projectOf, type Incoming, type Register } from "./route.ts";
import type { Conversation, Message, Project } from "../content/store.ts";
import { isStored, writeScript } from "../stream/stream-script.ts";
import type { StandinContext } from "../context.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const sources = ["default", "own_content", "openai_content"];

export function sendRoute(on: Register, workings: StandinContext): void {
  const { store, faults, options, seen, closing } = workings;

  on("POST", "/projects/:project/conversations/:session/messages", "send", async (incoming) => {
    const project = projectOf(workings, incoming);
    const sent = await incoming.fields();
    const prompt = promptOf(sent);
    const conversation = conversationFor(workings, project, incoming.part("session"));
    const active = faults.takeAll("send", faultNames);

    const { text, citations } = active.has("empty-answer")
      ? { text: "", citations: [] }
      : answer(project, prompt);
    const { firstMs, everyMs } = options.pace;
    const now = options.clock();
    const message: Message = {
      id: store.newMessageId(),
      prompt,
      answer: text,
      citations,
      createdAt: now,
      // Upstream goes on and charges when the client disconnects; the message appears when it would have been complete.
      completeAt: now + firstMs + piecesOf(text).length * everyMs,
      feedback: null,
      userAgent: incoming.header("user-agent") ?? "",
      externalId: incoming.query("external_id") ?? null,
    };
    project.counts.questions++;
    if (isStored(active)) store.addMessage(conversation, message);
    const written = writeCitations(citations, project, active);

    if (!wantsStream(incoming, sent) || active.has("json-instead-of-stream")) {
      if (firstMs > 0) await options.sleep(firstMs, incoming.signal);
      message.completeAt = options.clock();
      return success(writeMessage(conversation, message, { citations: written }));
    }
    const { session } = conversation;
    const createdAt = date(now);
    const delivery = { prompt, text, id: message.id, createdAt, session, citations: written };
    seen.stream("opened");
    const body = playStream(writeScript(delivery, active, options.pace), active, {
      sleep: options.sleep,
      closing,
      ended(how) {
        seen.stream(how);
        if (how === "ended") message.completeAt = options.clock();
      },
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
    });
  });
}

function promptOf(sent: Fields): string {
  const prompt = textOf(sent["prompt"]);
  // Both texts and the limit are assumed: no source shows them.
  if (prompt === undefined) throw new Refusal(400, "Prompt can't be empty");
  if (prompt.length > limits.prompt) throw new Refusal(400, "Prompt is too long");
  const source = sent["response_source"] ?? "default";
  if (!sources.some((known) => known === source)) {
    throw new Refusal(400, `Response source must be one of ${sources.join(", ")}`);
  }
  return prompt;
}

/** An unknown session id starts a conversation, as many working clients rely on. */
function conversationFor({ store }: StandinContext, project: Project, session: string): Conversation {
  const known = store.conversation(project.id, session);
  if (known !== undefined) return known;
  if (!uuid.test(session) || store.conversations.has(session)) throw noSuchConversation(session);
  return store.addConversation(project.id, session, null);
}

/** In the query or in the body, in each of its forms. */
function wantsStream(incoming: Incoming, sent: Fields): boolean {
  return isYes(incoming.query("stream")) || isYes(sent["stream"]);
}
