/** Text about the stand-in: that it answers, and a warning where a real site's visitors may get its answers. */
import { isLoopback } from "../../settings/parsers.ts";
import type { Settings } from "../../settings/table.ts";
import type { RunningStandin } from "./start-standin.ts";

/** A site that the stand-in was asked to answer from; null where it answers because no key is set. */
export type TriedInstead = { host: string; hasKey: boolean } | null;

/** Lines for the start's text. */
export const standinLines = (
  { base, key }: Pick<RunningStandin, "base" | "key">,
  tried: TriedInstead = null,
): string[] => [
  tried
    ? `The stand-in is answering from ${tried.host}: a small double of CustomGPT.ai on this machine, without its language model.`
    : "No key is set, so the stand-in is answering: a small double of CustomGPT.ai on this machine.",
  tried?.hasKey
    ? "The key that is set is not used; your own agent answers when you start again without --site."
    : "To let your own agent answer, set CUSTOMGPT_API_KEY and CUSTOMGPT_PROJECT_ID and start again.",
  `The stand-in's own API is at ${base.href} (key: ${key})`,
];

/** Warning where the stand-in may answer visitors of a real site; null elsewhere. */
export function standinAlarm(
  proxy: { standin: unknown },
  settings: Pick<Settings, "host" | "allowedOrigins" | "agentOrigins">,
  nodeEnv: string | undefined,
  tried: TriedInstead = null,
): string | null {
  const reason =
    nodeEnv === "production"
      ? "NODE_ENV is production"
      : settings.allowedOrigins.length > 0
        ? "ALLOWED_ORIGINS is set"
        : settings.agentOrigins.size > 0
          ? "AGENT_ORIGINS is set"
          : isLoopback(settings.host)
            ? null
            : `HOST is ${settings.host}`;
  if (!proxy.standin || reason === null) return null;
  return (
    `WARNING: ${reason}, but ${tried ? "--site is given" : "no key is set"}: visitors get answers from a made-up agent, the stand-in, and not from yours. ` +
    `${tried?.hasKey ? "Start again without --site" : "Set CUSTOMGPT_API_KEY and CUSTOMGPT_PROJECT_ID and start again"}.`
  );
}
