/** Agents' public faces, each asked for once a minute however many pages show it. */
import type { AgentFace } from "../protocol/bodies.ts";
import type { Agent } from "./agent.ts";
import type { Parts } from "./parts.ts";
import { picturePath } from "./picture.ts";
import { untilDone } from "./until-done.ts";

export type Faces = {
  /** Rejects with an `UpstreamFailure` when upstream has never shown it. */
  of(agent: Agent): Promise<AgentFace>;
};

/** Milliseconds for which a face is shown without asking again. */
const freshFor = 60_000;
/** Milliseconds for which it is still shown while it is asked for again, or while upstream is away. */
const usableFor = 600_000;
/** Milliseconds after a failure in which upstream is left in peace. */
const restAfterFailure = 2_000;

type Known = {
  face: AgentFace | null;
  since: number;
  coming: Promise<AgentFace> | null;
  failure: unknown;
  restUntil: number;
};

export function createFaces(parts: Parts): Faces {
  const known = new Map<string, Known>();

  async function fetchFace(agent: Agent, entry: Known): Promise<AgentFace> {
    try {
      const shown = await parts.upstream.face(agent.project, untilDone());
      entry.since = parts.clock();
      return (entry.face = publicFace(parts, agent.alias, shown));
    } catch (error) {
      entry.failure = error;
      entry.restUntil = parts.clock() + restAfterFailure;
      throw error;
    } finally {
      entry.coming = null;
    }
  }

  return {
    async of(agent) {
      const entry = known.get(agent.alias) ?? newEntry();
      known.set(agent.alias, entry);
      const now = parts.clock();
      const usable = entry.face && now < entry.since + usableFor ? entry.face : null;
      if (usable && now < entry.since + freshFor) return usable;
      if (now < entry.restUntil) {
        if (usable) return usable;
        throw entry.failure;
      }
      const coming = (entry.coming ??= fetchFace(agent, entry));
      if (!usable) return coming;
      // The visitor sees the older face at once; a failure to renew it shows when it has become too old.
      coming.catch(() => {});
      return usable;
    },
  };
}

function newEntry(): Known {
  return { face: null, since: 0, coming: null, failure: null, restUntil: 0 };
}

/** Field by field, so that nothing upstream adds can slip through. */
function publicFace(
  parts: Parts,
  agent: string,
  shown: Omit<AgentFace, "agent" | "longestPrompt">,
): AgentFace {
  const { thinking, outage, outOfQueries, tryAsking, sources, terms, disclosure } = shown.texts;
  return {
    agent,
    title: shown.title,
    avatar: picturePath(parts, shown.avatar),
    launcherPicture: picturePath(parts, shown.launcherPicture),
    color: shown.color,
    placeholder: shown.placeholder,
    starters: shown.starters,
    language: shown.language,
    feedback: shown.feedback,
    citations: shown.citations,
    longestPrompt: parts.limits.longestPrompt,
    texts: { thinking, outage, outOfQueries, tryAsking, sources, terms, disclosure },
  };
}
