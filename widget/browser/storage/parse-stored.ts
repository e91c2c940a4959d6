/** Parser of a stored conversation, which the page or the visitor may have changed. */
import type { StoredConversation } from "../../conversation/environment.ts";
import { isJsonObject, textOrNull } from "../api/json-object.ts";
import type { JsonObject } from "../api/json-object.ts";
import type { ConversationRef, PendingTurn } from "../../conversation/types.ts";

/** Null when it has neither a conversation nor a question. */
export function parseStored(value: JsonObject | null): StoredConversation | null {
  const ref = readRef(value?.["ref"]);
  const pending = readPending(value?.["pending"]);
  const last = value?.["last"];
  const turn = value?.["turn"];
  return ref || pending
    ? { ref, pending, ...(typeof last === "string" && { last }), ...(typeof turn === "string" && { turn }) }
    : null;
}

function readRef(value: unknown): ConversationRef | null {
  if (!isJsonObject(value)) return null;
  const { conversation, visitor } = value;
  return typeof conversation === "string" && typeof visitor === "string" ? { conversation, visitor } : null;
}

function readPending(value: unknown): PendingTurn | null {
  if (!isJsonObject(value)) return null;
  const { id, name, secret, question, at, taken, after, waits, page, stopped, instead } = value;
  if (typeof id !== "string" || typeof question !== "string" || typeof at !== "number") return null;
  return {
    id,
    // An earlier version stored one id for all purposes.
    name: textOrNull(name) ?? id,
    question,
    at,
    taken: taken === true,
    waits: waits === true,
    after: textOrNull(after),
    secret: textOrNull(secret),
    ...(isJsonObject(page) && { page: { title: String(page["title"]), url: String(page["url"]) } }),
    ...(typeof stopped === "string" && { stopped }),
    ...(typeof instead === "string" && { instead }),
  };
}
