/** Proxy on Node: starts the server, the limits and the upstream client, and ends them. */
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Logger } from "pino";
import { createProxy, type ProxyOptions } from "../../app.ts";
import { createCallBudget } from "../../limits/call-budget.ts";
import { createPause } from "../../middleware/kill-switch.ts";
import type { WidgetFiles } from "../../routes/widget-files.ts";
import type { Settings } from "../../settings/table.ts";
import { undiciTransports } from "../../upstream/transport/node-transports.ts";
import { accountOf, noAccountLines, type Account } from "../account.ts";
import { checkAgents, type CheckedAgent } from "../check-agents.ts";
import { startNodeServer, type NodeServer } from "./http-server.ts";
import { openUpstream } from "../open-upstream.ts";
import { startAdmission, type StartedAdmission } from "./start-limits.ts";
import { startMeasuring, type Measuring } from "./start-metrics.ts";

export type ProxyStart = {
  settings: Settings;
  files: WidgetFiles;
  /**
   * Returns the account of a stand-in, which then answers instead of CustomGPT.ai. `url` is the proxy's address, at
   * which `site` already answers.
   */
  standin?: (url: string) => Promise<Account>;
  /**
   * Pages served at the same address, such as the demo's; null for requests that the proxy answers. `url` is the
   * proxy's address, whatever host a request names.
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
  /** Checks whether each agent of the real service answers, for at most `milliseconds`; none of a stand-in. */
  checkAgents(milliseconds: number): Promise<readonly CheckedAgent[]>;
  /** Lets running answers end for `graceMilliseconds`, ends the rest as cut, and releases everything. */
  close(graceMilliseconds: number): Promise<void>;
};

/** Rejects with a sentence for the operator when it cannot listen, or when no account is set. */
export async function startProxy(start: ProxyStart): Promise<RunningProxy> {
  const { settings, standin, log } = start;
  const accountAt = accountSource(start);
  const { server, answerWith } = await listen(start);
  const measuring = await startMeasuring(settings).catch(async (error: unknown) => {
    await server.close(0);
    throw error;
  });
  const account = await accountAt(server.url).catch(async (error: unknown) => {
    await server.close(0);
    await measuring.close();
    throw error;
  });
  const isStandin = standin !== undefined;
  const proxySecret = settings.proxySecret ?? randomBytes(32).toString("base64url");
  const ownSettings = { ...settings, project: account.project, proxySecret };
  const counting = await startAdmission({ settings: ownSettings, metrics: measuring.metrics, log });
  const upstream = openNodeUpstream(start, account, { isStandin, measuring, counting });
  const proxy = createNodeProxy(start, ownSettings, { upstream, measuring, counting });
  answerWith(proxy.fetch);

  return {
    url: server.url,
    port: server.port,
    metricsUrl: measuring.url,
    checkAgents: (milliseconds) =>
      isStandin ? Promise.resolve([]) : checkAgents(upstream, settings, milliseconds),
    async close(grace) {
      await proxy.drain(grace);
      // Answers that are left by now only have their last bytes to send.
      await server.close(1000);
      await upstream.close();
      await counting.close();
      await measuring.close();
    },
  };
}

type Answer = (request: Request, from: { address?: string | undefined }) => Promise<Response>;

/** Listens with 503 for every request until `answerWith` says what answers instead; `site` answers from the start. */
async function listen({ settings, site }: ProxyStart) {
  let answer: Answer = () =>
    Promise.resolve(new Response(null, { status: 503, headers: { "retry-after": "1" } }));
  const server: NodeServer = await startNodeServer({
    fetch: (request, from) => site?.(request, server.url) ?? answer(request, from),
    host: settings.host,
    port: settings.port,
    slowReaderSeconds: settings.slowReaderSeconds,
  });
  return { server, answerWith: (next: Answer) => void (answer = next) };
}

type Services = { measuring: Measuring; counting: StartedAdmission };

function openNodeUpstream(
  { settings, log }: ProxyStart,
  { base, key }: Account,
  { isStandin, measuring, counting }: Services & { isStandin: boolean },
) {
  return openUpstream({
    settings,
    base,
    key,
    isStandin,
    ...undiciTransports({
      connectMs: settings.upstreamConnectSeconds * 1000,
      allowPrivatePictures: isStandin,
    }),
    schedule,
    metrics: measuring.metrics,
    budget: isStandin ? createCallBudget(null, Date.now) : counting.budget,
    log,
  });
}

function createNodeProxy(
  { files, log }: ProxyStart,
  settings: ProxyOptions["settings"],
  { upstream, measuring, counting }: Services & { upstream: ReturnType<typeof openUpstream> },
) {
  return createProxy({
    settings,
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
    metrics: measuring.metrics,
    measurements: measuring.measurements,
  });
}

const pauseFile = {
  modified: (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null,
  read: (path: string) => readFileSync(path, "utf8"),
};

function accountSource({ standin, settings }: ProxyStart): (url: string) => Promise<Account> {
  if (standin) return standin;
  const account = accountOf(settings);
  if (account === null) throw new Error(noAccountLines.join("\n"));
  return () => Promise.resolve(account);
}

const schedule: ProxyOptions["schedule"] = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  // A closed proxy must not keep the process running for a heartbeat or a turn to be dropped.
  timer.unref();
  return () => clearTimeout(timer);
};
