/** `GET /v1/agents/{agent}`: the agent's public profile. */
import { createHash } from "node:crypto";
import type { AgentProfile } from "../protocol/bodies.ts";
import { namedAgent } from "../answering/find-agent.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { picturePath } from "../answering/public-citations.ts";
import { untilDone } from "../answering/detached-signal.ts";

export function agentProfile(deps: ProxyDeps): Handler {
  return async (c) => {
    const { alias, project } = namedAgent(c, deps);
    const shown = await deps.upstream.profile(project, untilDone(c.get("requestId")));
    const body = JSON.stringify(publicProfile(deps, alias, shown));
    const headers = {
      etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
      "cache-control": "public, max-age=60",
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
    };
    return c.req.header("if-none-match") === headers.etag
      ? c.body(null, 304, headers)
      : c.body(body, 200, headers);
  };
}

/** Field by field, so that nothing upstream adds can slip through. */
function publicProfile(
  deps: ProxyDeps,
  agent: string,
  shown: Omit<AgentProfile, "agent" | "longestPrompt" | "contact">,
): AgentProfile {
  const { thinking, outage, outOfQueries, noAnswer, tryAsking, sources, terms, disclosure } = shown.texts;
  return {
    agent,
    title: shown.title,
    avatar: picturePath(deps, shown.avatar),
    launcherPicture: picturePath(deps, shown.launcherPicture),
    color: shown.color,
    placeholder: shown.placeholder,
    starters: shown.starters,
    language: shown.language,
    feedback: shown.feedback,
    citations: shown.citations,
    longestPrompt: deps.limits.longestPrompt,
    contact: deps.owner !== null,
    texts: { thinking, outage, outOfQueries, noAnswer, tryAsking, sources, terms, disclosure },
  };
}
