/** Check of the key and of each agent at CustomGPT.ai, as at the proxy's start. */
import { setTimeout as sleep } from "node:timers/promises";
import { checkAgents } from "../servers/check-agents.ts";
import type { Settings } from "../settings/table.ts";
import { createUpstream } from "../upstream/create-upstream.ts";
import { undiciTransports } from "../upstream/transport/node-transports.ts";
import { ok, problem, type Finding, warning } from "./finding.ts";

/** `patience` in milliseconds, for all together. Spends no query. */
export async function checkKeyAndAgents(settings: Settings, patience: number): Promise<Finding[]> {
  if (settings.apiKey === null) return [];
  const upstream = createUpstream({
    base: settings.baseUrl,
    key: settings.apiKey,
    timeouts: { connectMs: patience, firstByteMs: patience, idleMs: patience, totalMs: patience },
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    clock: Date.now,
    log: () => {},
    ...undiciTransports({ connectMs: patience, allowPrivatePictures: false }),
  });
  try {
    const agents = await checkAgents(upstream, settings, patience);
    return agents.map(({ alias, project, trouble, isReady }) =>
      !isReady
        ? warning(
            "agent",
            `Agent ${project}, "${alias}", still reads its pages and cannot answer yet.`,
            "Wait until it has read them; the proxy needs no restart.",
          )
        : trouble === null
          ? ok("agent", `Agent ${project} answers to the key, as "${alias}".`)
          : problem(
              "agent",
              `Agent ${project}, "${alias}", does not answer.`,
              `${trouble.replace(/ and start again/, "")}.`,
            ),
    );
  } finally {
    await upstream.close();
  }
}
