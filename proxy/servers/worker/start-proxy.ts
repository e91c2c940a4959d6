/** Proxy inside the Durable Object: settings from the bindings, requests by `fetch`, counts in storage. */
import { randomBytes, randomUUID } from "node:crypto";
import { createProxy, type Proxy } from "../../app.ts";
import type { Log } from "../../http/log.ts";
import { createCallBudget } from "../../limits/call-budget.ts";
import { createMemoryAdmission } from "../../limits/memory-admission.ts";
import { noMetrics } from "../../metrics/metrics.ts";
import type { WidgetFiles } from "../../routes/widget-files.ts";
import type { Settings } from "../../settings/table.ts";
import { readSettings } from "../../settings/read-settings.ts";
import type { Schedule } from "../../schedule.ts";
import { createFetchTransport } from "../../upstream/transport/fetch.ts";
import { accountOf, type Account } from "../account.ts";
import { admissionRules } from "../admission-rules.ts";
import { openUpstream } from "../open-upstream.ts";
import { openBudgetStore } from "./budget-storage.ts";
import { createConsoleLog } from "./log.ts";
import { publicNamesOnly } from "./images.ts";
import type { ObjectStorage } from "./runtime-types.ts";

type WorkerStart = {
  environment: Readonly<Record<string, string>>;
  storage: ObjectStorage;
  files: WidgetFiles;
  /** Takes the log's lines. */
  write: (line: string) => void;
};

/** The proxy, or sentences for the owner that say why it cannot start. */
export async function startWorkerProxy({
  environment,
  storage,
  files,
  write,
}: WorkerStart): Promise<Proxy | readonly string[]> {
  const read = readSettings(environment, () => {
    throw new Error("A worker has no files.");
  });
  if ("errors" in read) return read.errors;
  const { settings, warnings } = read;
  const account = accountOf(settings);
  if (account === null)
    return [
      "CUSTOMGPT_API_KEY is not set; a worker takes the key of your account, as the stand-in does not run in it.",
    ];
  const unfit = unfitSettings(settings);
  if (unfit.length > 0) return unfit;

  const log = createConsoleLog(settings.logLevel, Date.now, write);
  for (const warning of warnings) log.warn({}, warning);
  const upstream = openWorkerUpstream(settings, account, log);
  const admission = createMemoryAdmission({
    rules: admissionRules(settings),
    clock: Date.now,
    words: settings.limitMessage,
    budgetStore: await openBudgetStore(storage),
  });
  return createProxy({
    settings: {
      ...settings,
      project: account.project,
      proxySecret: settings.proxySecret ?? (await ownSecret(storage)),
    },
    upstream,
    files,
    clock: Date.now,
    randomBytes,
    fetch: (address, init) => fetch(address, init),
    newId: randomUUID,
    schedule,
    log,
    admission,
    load: () => upstream.state().running / settings.upstreamConcurrency,
  });
}

function openWorkerUpstream(settings: Settings, { base, key }: Account, log: Log) {
  const transport = createFetchTransport({
    fetch: (address, init) => fetch(address, init),
    schedule,
    decodes: new Set(["gzip", "br"]),
  });
  return openUpstream({
    settings,
    base,
    key,
    isStandin: false,
    transport,
    pictureTransport: publicNamesOnly(transport),
    schedule,
    metrics: noMetrics,
    budget: createCallBudget(settings.upstreamCallsPerMinute, Date.now),
    log,
  });
}

/** Settings that a worker cannot honour: to start without them is not what the owner meant. */
function unfitSettings(settings: Settings): string[] {
  const lines: string[] = [];
  if (settings.redisUrl !== null)
    lines.push("REDIS_URL is set, but a worker's one object counts and keeps turns by itself; leave it out.");
  if (settings.metricsPort !== null || settings.metricsToken !== null)
    lines.push("METRICS_PORT or METRICS_TOKEN is set, but a worker measures nothing; leave both out.");
  if (settings.pauseFile !== null) lines.push("PAUSE_FILE is set, but a worker has no files; leave it out.");
  return lines;
}

/** Created once and stored by the object, so that conversations survive a restart without PROXY_SECRET too. */
async function ownSecret(storage: ObjectStorage): Promise<string> {
  const stored = await storage.get("secret");
  if (typeof stored === "string") return stored;
  const made = randomBytes(32).toString("base64url");
  await storage.put("secret", made);
  return made;
}

const schedule: Schedule = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};
