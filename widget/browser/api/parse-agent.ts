/** Parser of the agent's profile: makes any response of the proxy a profile that can be rendered. */
import type { AgentProfile } from "../../../proxy/protocol/bodies.ts";
import { isJsonObject, textOrNull } from "./json-object.ts";

const isText = (value: unknown): value is string => typeof value === "string";

/** Default titles of the service; the owner did not choose them, and they are English on a German page too. */
const untouched: readonly unknown[] = ["Sources", "Try asking these questions..."];

const ownTitle = (value: unknown) => (untouched.includes(value) ? null : textOrNull(value));

/** Field by field; a missing or invalid value becomes the default, as does all when the proxy cannot be reached. */
export function parseProfile(value: unknown): AgentProfile {
  const given = isJsonObject(value) ? value : {};
  const texts = isJsonObject(given["texts"]) ? given["texts"] : {};
  const { starters, longestPrompt } = given;
  return {
    agent: textOrNull(given["agent"]) ?? "",
    title: textOrNull(given["title"]) ?? "",
    avatar: textOrNull(given["avatar"]),
    launcherPicture: textOrNull(given["launcherPicture"]),
    color: textOrNull(given["color"]),
    placeholder: textOrNull(given["placeholder"]),
    starters: Array.isArray(starters) ? starters.filter(isText) : [],
    language: textOrNull(given["language"]),
    feedback: given["feedback"] === true,
    citations: given["citations"] !== false,
    longestPrompt: typeof longestPrompt === "number" && longestPrompt > 0 ? longestPrompt : 4_000,
    contact: given["contact"] === true,
    texts: {
      thinking: textOrNull(texts["thinking"]),
      outage: textOrNull(texts["outage"]),
      outOfQueries: textOrNull(texts["outOfQueries"]),
      noAnswer: textOrNull(texts["noAnswer"]),
      tryAsking: ownTitle(texts["tryAsking"]),
      sources: ownTitle(texts["sources"]),
      terms: textOrNull(texts["terms"]),
      disclosure: textOrNull(texts["disclosure"]),
    },
  };
}
