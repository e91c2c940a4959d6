/** Messages and citations in upstream's forms. */
import { date, oddDate } from "../wire/envelope.ts";
import type { FaultName } from "../wire/fault-names.ts";
import type { Conversation, Message, Project } from "../content/store.ts";

/** Faults that change the form of every citation list. */
export const citationFaults = [
  "decimal-citations",
  "object-citations",
  "null-citations",
  "absent-citations",
  "junk-citations",
] as const satisfies FaultName[];

/** Undefined: the field is left out. */
export function writeCitations(
  ids: readonly number[],
  project: Pick<Project, "pages">,
  active: ReadonlySet<FaultName>,
): unknown {
  if (active.has("null-citations")) return null;
  if (active.has("absent-citations")) return undefined;
  if (active.has("decimal-citations")) return ids.map((id) => `${id}.0`);
  if (active.has("junk-citations")) return [null, ...ids, "", "../1", -1, 1.5, {}, [], true, "12e3x"];
  if (active.has("object-citations")) {
    return ids.map((id) => {
      const page = project.pages.get(id);
      return { citation_id: id, page_title: page?.title ?? null, page_url: page?.url ?? null };
    });
  }
  return ids;
}

export type MessageFormat = { citations: unknown; oddDates?: boolean; emptyAnswer?: boolean };

export function writeMessage(conversation: Conversation, message: Message, format: MessageFormat) {
  const at = format.oddDates ? oddDate : date;
  const { feedback } = message;
  return {
    id: message.id,
    user_id: 35,
    conversation_id: conversation.id,
    user_query: message.prompt,
    openai_response: format.emptyAnswer || message.answer === "" ? null : message.answer,
    created_at: at(message.createdAt),
    updated_at: at(feedback?.updatedAt ?? message.completeAt),
    citations: format.citations,
    metadata: {
      user_ip: "127.0.0.1",
      user_agent: message.userAgent,
      external_id: message.externalId,
      request_source: "api",
    },
    response_feedback: feedback && {
      created_at: at(feedback.createdAt),
      updated_at: at(feedback.updatedAt),
      user_id: 35,
      reaction: feedback.reaction,
    },
  };
}
