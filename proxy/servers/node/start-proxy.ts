/** Starts a whole proxy on Node: the server, the upstream (or the stand-in when there is no key), and their end. */
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Logger } from "pino";
import { createProxy, type ProxyOptions } from "../../app.ts";
import { createCallBudget } from "../../limits/call-budget.ts";
import { createPause } from "../../middleware/kill-switch.ts";
import type { WidgetFiles } from "../../routes/widget-files.ts";
import type { Settings } from "../../settings/table.ts";
import { undiciTransports } from "../../upstream/transport/node-transports.ts";
import { checkAgents, type CheckedAgent } from "../check-agents.ts";
import { startNodeServer, type NodeServer } from "./http-server.ts";
import { openUpstream } from "../open-upstream.ts";
import { startAdmission } from "./start-limits.ts";
import { startMeasuring } from "./start-metrics.ts";
import { startStandin, type RunningStandin } from "./start-standin.ts";

export type ProxyStart = {
  settings: Settings;
  files: WidgetFiles;
  /**
   * Makes the stand-in's agent and returns its project id; called only when no key is set. `url` is where the proxy
   * can be reached, and `site` is answering there already.
   */
  agent: (standin: RunningStandin, url: string) => number | Promise<number>;
  /** How fast the stand-in writes: milliseconds until its first word and between words. */
  pace?: { firstMs: number; everyMs: number };
  /**
   * Pages served at the same address, such as the demo's: null for what is the proxy's to answer. `url` is where the
   * proxy listens, whatever host a request names.
   */
  site?: (request: Request, url: string) => Promise<Response> | null;
  log: Pick<Logger, "info" | "warn" | "error">;
};

export type RunningProxy = {
  /** As one types it into a browser, without a closing slash. */
  url: string;
  port: number;
  /** Where the measurements can be read, with METRICS_TOKEN if there is one; null without METRICS_PORT. */
  metricsUrl: string | null;
  /** Null when the real service answers. */
  standin: RunningStandin | null;
  /** Asks each agent of the real service whether it answers, for so many milliseconds at most; none with the stand-in. */
  checkAgents(milliseconds: number): Promise<readonly CheckedAgent[]>;
  /** Lets running answers end for so many milliseconds, ends the rest as cut, and releases everything. */
  close(graceMilliseconds: number): Promise<void>;
};

/** Rejects with a sentence for the operator when it cannot listen. */
export async function startProxy(start: ProxyStart): Promise<RunningProxy> {
  const { settings, files, site, log } = start;
  let answer: (request: Request, from: { address?: string | undefined }) => Promise<Response> = () =>
    Promise.resolve(new Response(null, { status: 503, headers: { "retry-after": "1" } }));
  const server: NodeServer = await startNodeServer({
    fetch: (request, from) => site?.(request, server.url) ?? answer(request, from),
    host: settings.host,
    port: settings.port,
    slowReaderSeconds: settings.slowReaderSeconds,
  });

  const measuring = await startMeasuring(settings).catch(async (error: unknown) => {
    await server.close(0);
    throw error;
  });

  const { apiKey, project } = settings;
  const standin =
    apiKey === null || project === null
      ? await startStandin(settings.port && settings.port + 1, start.pace, server.url)
      : null;
  const { meters } = measuring;
  const proxySecret = settings.proxySecret ?? randomBytes(32).toString("base64url");
  const counting = await startAdmission({ settings: { ...settings, proxySecret }, meters, log });
  const upstream = openUpstream({
    settings,
    base: standin?.base ?? settings.baseUrl,
    key: standin?.key ?? apiKey ?? "",
    isStandin: standin !== null,
    ...undiciTransports({
      connectMs: settings.upstreamConnectSeconds * 1000,
      allowPrivatePictures: standin !== null,
    }),
    schedule,
    meters,
    budget: standin ? createCallBudget(null, Date.now) : counting.budget,
    log,
  });
  async function close(): Promise<void> {
    // What is left by now is answers that only have their last bytes to send.
    await server.close(1000);
    await upstream.close();
    await counting.close();
    await standin?.close();
    await measuring.close();
  }

  const proxy = createProxy({
    settings: {
      ...settings,
      project: standin ? await made(() => start.agent(standin, server.url), close) : (project ?? 0),
      proxySecret,
    },
    upstream,
    admission: counting.admission,
    redis: counting.redis,
    load: () => upstream.state().running / settings.upstreamConcurrency,
    pause: createPause(pauseFile, Date.now, settings.pauseFile, log),
    files,
    clock: Date.now,
    randomBytes,
    fetch: (address, init) => fetch(address, init),
    newId: randomUUID,
    schedule,
    log,
    meters,
    measurements: measuring.measurements,
  });
  answer = proxy.fetch;

  return {
    url: server.url,
    port: server.port,
    metricsUrl: measuring.url,
    standin,
    checkAgents: (milliseconds) =>
      standin ? Promise.resolve([]) : checkAgents(upstream, settings, milliseconds),
    async close(grace) {
      await proxy.drain(grace);
      await close();
    },
  };
}

const pauseFile = {
  modified: (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null,
  read: (path: string) => readFileSync(path, "utf8"),
};

/** Releases what was started when the agent cannot be made. */
async function made(make: () => number | Promise<number>, close: () => Promise<void>): Promise<number> {
  try {
    return await make();
  } catch (error) {
    await close();
    throw error;
  }
}

const schedule: ProxyOptions["schedule"] = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  // A proxy that was closed must not stay alive for a heartbeat or a turn to be dropped.
  timer.unref();
  return () => clearTimeout(timer);
};
