/** Parser of the agent's profile: makes one that can be rendered of whatever the proxy sent. */
import type { AgentProfile } from "../../../proxy/protocol/bodies.ts";
import { isJsonObject, textOrNull } from "./json-object.ts";

const isText = (value: unknown): value is string => typeof value === "string";

/** How the service fills in two titles for every agent: nobody's own words, and English on a German page too. */
const untouched: readonly unknown[] = ["Sources", "Try asking these questions..."];

const ownTitle = (value: unknown) => (untouched.includes(value) ? null : textOrNull(value));

/** Field by field; what is missing or wrong, the whole of it too when the proxy cannot be reached, is drawn plainly. */
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
