/** Check of each agent at the start: whether it answers to the key and, if not, which setting is wrong. */
import { defaultAgent } from "../protocol/paths.ts";
import type { ProblemCode } from "../protocol/problems.ts";
import type { Settings } from "../settings/table.ts";
import { UpstreamFailure } from "../upstream/errors.ts";
import type { Upstream } from "../upstream/types.ts";

export type CheckedAgent = {
  alias: string;
  project: number;
  /** Null when it answers; else the error and how to fix it, as a sentence without its full stop. */
  trouble: string | null;
  /** False while it answers, but has not read its pages, so that it can say nothing yet. */
  isReady: boolean;
};

type Agents = Pick<Settings, "project" | "agents" | "baseUrl">;

/** Checks all agents at once, for at most `milliseconds`; never rejects. */
export async function checkAgents(
  upstream: Pick<Upstream, "profile" | "isReady">,
  settings: Agents,
  milliseconds: number,
): Promise<CheckedAgent[]> {
  const first = settings.project === null ? [] : [[defaultAgent, settings.project] as const];
  const signal = AbortSignal.timeout(milliseconds);
  return Promise.all(
    [...first, ...settings.agents].map(async ([alias, project]) => {
      const trouble = await upstream.profile(project, signal).then(
        () => null,
        (error: unknown) => troubleOf(error, project, settings, milliseconds),
      );
      // What cannot be learnt keeps nobody from starting.
      const isReady = trouble !== null || (await upstream.isReady(project, signal).catch(() => true));
      return { alias, project, trouble, isReady };
    }),
  );
}

function troubleOf(error: unknown, project: number, settings: Agents, milliseconds: number): string {
  const late = `no answer within ${milliseconds / 1000} seconds`;
  const { code, detail } =
    error instanceof UpstreamFailure ? error : { code: "upstream-down" as const, detail: late };
  const mistake = ownersMistake(code, detail, project, settings);
  const heard = detail.replace(/ \((.*)\)$/, ", $1");
  if (mistake !== null) return `${mistake} (${heard})`;
  const where = settings.baseUrl.href;
  return /^\d{3}\b/.test(detail)
    ? `CustomGPT.ai, at ${where}, answers with an error just now (${heard})`
    : `CustomGPT.ai cannot be reached at ${where}: look at this machine's network, and at CUSTOMGPT_BASE_URL (${heard})`;
}

/** For a failure that only the owner can fix: the cause, naming the variable; otherwise null. */
export function ownersMistake(
  problem: ProblemCode | null,
  detail: string,
  project: number | null,
  settings: Pick<Settings, "project">,
): string | null {
  if (problem !== "agent-unavailable") return null;
  const message = detail.replace(/^error in the stream: /, "");
  const variable = project === settings.project ? "CUSTOMGPT_PROJECT_ID" : "AGENTS";
  if (/^401\b|token missing or invalid/.test(message))
    return "CustomGPT.ai refused the key: correct CUSTOMGPT_API_KEY and start again";
  if (/^40[04]\b|^410\b|^422\b|agent not found/.test(message))
    return `CustomGPT.ai knows no such project: correct ${variable}, or give that account's key as CUSTOMGPT_API_KEY, and start again`;
  return `CustomGPT.ai does not let this key use the agent: look at CUSTOMGPT_API_KEY and ${variable}`;
}
