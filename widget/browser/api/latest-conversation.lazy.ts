/** Latest conversation of a visitor with an identity, on whatever device it was. */
import { pathTo } from "../../../proxy/protocol/paths.ts";
import { isJsonObject } from "./json-object.ts";
import { sendRequest } from "./request.ts";
import type { ConversationRef } from "../../conversation/types.ts";

type Person = { proxy: string; agent: string; identity: string };

/** Null when there is none, and when nothing is known. Rejects when the proxy cannot be reached. */
export async function fetchLatestConversation(
  fetchNow: typeof fetch,
  { proxy, agent, identity }: Person,
): Promise<ConversationRef | null> {
  const response = await sendRequest(fetchNow, proxy, { path: pathTo("conversations", { agent }), identity });
  const body: unknown = response.ok && (await response.json());
  if (!isJsonObject(body) || typeof body["conversation"] !== "string") return null;
  // No token: the identity alone lets a person in.
  return { conversation: body["conversation"], visitor: "" };
}
