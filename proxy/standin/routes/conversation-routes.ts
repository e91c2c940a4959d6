/** Routes of conversations: create, list, rename, delete. */
import { date, paginate, success } from "../wire/envelope.ts";
import { Refusal } from "../wire/refusal.ts";
import { textOf } from "../wire/request-body.ts";
import { conversationOf, projectOf, type Register } from "./route.ts";
import type { Conversation } from "../content/store.ts";
import type { StandinContext } from "../context.ts";

export function conversationRoutes(on: Register, workings: StandinContext): void {
  const { store, options } = workings;
  const all = "/projects/:project/conversations";
  const one = `${all}/:session`;

  on("POST", all, "create-conversation", async (incoming) => {
    const project = projectOf(workings, incoming);
    const name = nameOf(await incoming.fields());
    const { id, ...rest } = describe(store.addConversation(project.id, options.newId(), name));
    // The recorded body ends with the id and has no deleted_at yet.
    return success({ ...rest, deleted_at: undefined, id }, 201);
  });

  on("GET", all, "list-conversations", (incoming) => {
    const project = projectOf(workings, incoming);
    const { url, query } = incoming;
    const named = query("name")?.toLowerCase() ?? "";
    const own = [...store.conversations.values()].filter(
      (conversation) =>
        conversation.project === project.id && (conversation.name ?? "").toLowerCase().includes(named),
    );
    if (query("order") !== "asc") own.reverse();
    return success(paginate(own.map(describe), { url, page: query("page"), size: 10 }));
  });

  on("PUT", one, "rename-conversation", async (incoming) => {
    const conversation = conversationOf(workings, projectOf(workings, incoming), incoming);
    conversation.name = nameOf(await incoming.fields()) ?? conversation.name;
    conversation.updatedAt = options.clock();
    return success(describe(conversation));
  });

  on("DELETE", one, "delete-conversation", (incoming) => {
    const conversation = conversationOf(workings, projectOf(workings, incoming), incoming);
    store.removeConversation(conversation.session);
    return success({ deleted: true });
  });
}

function nameOf(fields: Readonly<Record<string, unknown>>): string | null {
  const name = textOf(fields["name"]) ?? null;
  if (name !== null && name.length > 255) {
    throw new Refusal(400, "Conversation name can't be longer than 255 characters");
  }
  return name;
}

export function describe(conversation: Conversation) {
  return {
    id: conversation.id,
    project_id: conversation.project,
    name: conversation.name,
    created_by: 35,
    session_id: conversation.session,
    created_at: date(conversation.createdAt),
    updated_at: date(conversation.updatedAt),
    deleted_at: null,
  };
}
