/** Starts everything at one address: the demo site, the proxy, and the stand-in while no key is set. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { looseObject, nullish, number, object, parse, unknown } from "valibot";
import type { WidgetFiles } from "../proxy/routes/widget-files.ts";
import { accountOf } from "../proxy/servers/account.ts";
import { type ProxyStart, type RunningProxy, startProxy } from "../proxy/servers/node/start-proxy.ts";
import type { RunningStandin } from "../proxy/servers/standin/start-standin.ts";
import { startWithStandin } from "../proxy/servers/standin/start-with-standin.ts";
import type { Settings } from "../proxy/settings/table.ts";
import { isLoopback } from "../proxy/settings/parsers.ts";
import { isKnownHost, isThisMachine, misdirected } from "./known-host.ts";
import { agentSettings } from "./site/agent.ts";
import { createSite } from "./site/site.ts";
import { triedAgentSettings } from "./try/agent.ts";
import { createTryFront, type TryFront } from "./try/try-front.ts";
import { readTriedSite, type SiteToTry } from "./try/tried-site.ts";

export type DemoStart = {
  settings: Settings;
  /** The built widget. */
  files: WidgetFiles;
  /** The site's own built scripts by path, such as the gallery's. */
  scripts: ReadonlyMap<string, { type: string; body: Uint8Array | string }>;
  log: Pick<Logger, "info" | "warn" | "error">;
  /** How fast the stand-in writes: milliseconds until its first word and between words. */
  pace?: { firstMs: number; everyMs: number };
  /** A site that the stand-in answers from instead of the guide, whatever key is set. */
  siteToTry?: SiteToTry | undefined;
};

/** With a key in the settings, no stand-in is started. */
export type RunningDemo = RunningProxy & { standin: RunningStandin | null };

/** Rejects with a sentence for the operator when it cannot listen or the stand-in cannot read the site. */
export async function startDemo(start: DemoStart): Promise<RunningDemo> {
  const { settings, files, scripts, log, pace, siteToTry } = start;
  let url = "";
  let standin: RunningStandin | null = null;
  const front = siteToTry && createTryFront(siteToTry);
  const site = createSite({ origin: () => url, scripts, ...(front ? { front } : {}) });
  const onlyThisMachine = isLoopback(settings.host) && settings.trustProxy === 0;

  const proxy: ProxyStart = {
    settings,
    files,
    log,
    site(request, address) {
      url = address;
      const host = request.headers.get("host");
      if (!isKnownHost(host, settings)) return Promise.resolve(misdirected(address));
      // The stand-in's API at the demo's own address too, for readers of CustomGPT.ai's quickstart with curl.
      const standinsOwn = /^\/(api\/v1|standin)\//.test(new URL(request.url).pathname);
      return standinsOwn && onlyThisMachine && standin && isThisMachine(host)
        ? standin.standin.fetch(request)
        : site.fetch(request);
    },
  };
  if (!siteToTry && accountOf(settings)) return { ...(await startProxy(proxy)), standin: null };
  return startWithStandin({
    ...proxy,
    ...(pace ? { pace } : {}),
    async agent(running, address) {
      standin = running;
      return siteToTry && front
        ? createTriedAgent(running, siteToTry, front, address)
        : readSite(running, address);
    },
  });
}

/** Reads the site to try and gives the stand-in an agent that knows its pages. */
async function createTriedAgent(
  { standin }: RunningStandin,
  siteToTry: SiteToTry,
  front: TryFront,
  url: string,
): Promise<number> {
  const site = await readTriedSite(siteToTry, front.progress);
  const { name, pages } = site;
  const project = standin.seed({ name, settings: triedAgentSettings(site, url), pages });
  front.ready(site);
  return project;
}

const projectAnswer = object({
  data: looseObject({ id: nullish(number()), is_chat_active: nullish(unknown()) }),
});

/** Creates an agent from the site's sitemap, as an owner does at CustomGPT.ai, and waits until it is indexed. */
async function readSite({ base, key }: RunningStandin, url: string): Promise<number> {
  const call = async (path: string, body?: Record<string, unknown>) => {
    const response = await fetch(`${base.href}/${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The stand-in could not read the demo site: ${text}`);
    return parse(projectAnswer, JSON.parse(text)).data;
  };
  const made = await call("projects", { project_name: "Widget guide", sitemap_path: `${url}/sitemap.xml` });
  const project = made.id ?? 0;
  await call(`projects/${project}/settings`, agentSettings(url));
  for (let tries = 0; tries < 200; tries++) {
    if ((await call(`projects/${project}`)).is_chat_active) return project;
    await sleep(50);
  }
  throw new Error("The stand-in did not finish reading the demo site.");
}
