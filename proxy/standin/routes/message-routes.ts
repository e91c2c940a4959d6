/** Routes of messages: list, read one, rate one. */
import { paginate, success } from "../wire/envelope.ts";
import { describe } from "./conversation-routes.ts";
import { citationFaults, writeCitations, writeMessage } from "./message-form.ts";
import { noSuchMessage, Refusal } from "../wire/refusal.ts";
import { conversationOf, projectOf, type Incoming, type Register } from "./route.ts";
import type { Message, Reaction } from "../content/store.ts";
import type { StandinContext } from "../context.ts";

const reactions: readonly Reaction[] = ["liked", "disliked", "neutral"];

export function messageRoutes(on: Register, workings: StandinContext): void {
  const { store, faults, options } = workings;
  const all = "/projects/:project/conversations/:session/messages";

  on("GET", all, "messages", (incoming) => {
    const project = projectOf(workings, incoming);
    const conversation = conversationOf(workings, project, incoming);
    const active = faults.takeAll("messages", [...citationFaults, "odd-dates", "empty-answer"]);
    const { url, query } = incoming;
    const stored = store.complete(conversation);
    if (query("order") !== "asc") stored.reverse();
    const messages = stored.map((message) =>
      writeMessage(conversation, message, {
        citations: writeCitations(message.citations, project, active),
        oddDates: active.has("odd-dates"),
        emptyAnswer: active.has("empty-answer"),
      }),
    );
    return success({
      conversation: describe(conversation),
      messages: paginate(messages, { url, page: query("page"), size: 20 }),
    });
  });

  /** The message that the path names, and how to write it. */
  const find = (incoming: Incoming): { message: Message; write: () => object } => {
    const project = projectOf(workings, incoming);
    const conversation = conversationOf(workings, project, incoming);
    const asked = incoming.part("message");
    const message = store.complete(conversation).find(({ id }) => String(id) === asked);
    if (message === undefined) throw noSuchMessage(asked);
    const active = faults.takeAll("message", citationFaults);
    const write = () =>
      writeMessage(conversation, message, {
        citations: writeCitations(message.citations, project, active),
      });
    return { message, write };
  };

  on("GET", `${all}/:message`, "message", (incoming) => success(find(incoming).write()));

  on("PUT", `${all}/:message/feedback`, "feedback", async (incoming) => {
    const { message, write } = find(incoming);
    const { reaction } = await incoming.fields();
    const known = reactions.find((name) => name === reaction);
    // Assumed: no source shows what an unknown reaction gives.
    if (known === undefined) throw new Refusal(400, `Reaction must be one of ${reactions.join(", ")}`);
    const now = options.clock();
    const createdAt = message.feedback?.createdAt ?? now;
    message.feedback = { reaction: known, createdAt, updatedAt: now };
    return success(write());
  });
}
