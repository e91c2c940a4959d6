/** Demo whose proxy can crash or be replaced while the stand-in keeps writing its answers. */
import { createLog } from "../../proxy/servers/node/create-log.ts";
import { readWidgetFiles } from "../../proxy/servers/node/read-widget-files.ts";
import { startProxy, type RunningProxy } from "../../proxy/servers/node/start-proxy.ts";
import { startStandin } from "../../proxy/servers/standin/start-standin.ts";
import { readSettings } from "../../proxy/settings/read-settings.ts";

export type RestartableDemo = {
  /** Current URL of the proxy, with three pages that have the tag: `/`, `/shop` and `/about`. */
  address(): string;
  /** Number of questions that have reached the agent. */
  questionsSeen(): number;
  /** Closes the proxy at once and starts it again; with the wire down, no client receives its last events. */
  breakDown(): Promise<void>;
  /** Replaces the proxy by a new one, while the old one finishes its running answers. */
  replace(): Promise<void>;
  close(): Promise<void>;
};

type RestartableDemoOptions = {
  /** Milliseconds until the agent's first word and between words. */
  pace: { firstMs: number; everyMs: number };
  /** HTML of the only page that the agent has read. */
  knows: string;
  allowedOrigins?: readonly string[];
};

const log = createLog("silent");
const unlimited = Object.fromEntries(
  [
    "VISITOR_LIMIT",
    "ADDRESS_LIMIT",
    "NEW_VISITOR_LIMIT",
    "REQUEST_LIMIT",
    "READ_LIMIT",
    "UPSTREAM_CALLS_PER_MINUTE",
  ].map((name) => [name, "none"]),
);

/** Needs the built widget: `npm test` builds first. */
export async function startRestartableDemo(options: RestartableDemoOptions): Promise<RestartableDemo> {
  const files = readWidgetFiles("dist/widget");
  const agent = await startStandin(0, options.pace);
  const { standin, key, base } = agent;
  const project = standin.seed({
    name: "Lasting",
    pages: [{ url: "http://agent.test/page.html", html: options.knows }],
  });
  const environment = {
    PORT: "0",
    LOG_LEVEL: "silent",
    CUSTOMGPT_API_KEY: key,
    CUSTOMGPT_PROJECT_ID: `${project}`,
    CUSTOMGPT_BASE_URL: base.href,
    PROXY_SECRET: "the same for every proxy of this demo",
    ADDRESS_STREAMS: "500",
    UPSTREAM_CONCURRENCY: "500",
    ...(options.allowedOrigins && { ALLOWED_ORIGINS: options.allowedOrigins.join(",") }),
    ...unlimited,
  };
  const read = readSettings(environment, () => "");
  if ("errors" in read) throw new Error(read.errors.join("\n"));
  const { settings } = read;

  const start = (): Promise<RunningProxy> => startProxy({ settings, files, site, log });
  let proxy = await start();
  const replaced: Promise<void>[] = [];

  return {
    address: () => proxy.url,
    // The proxy always asks for a stream.
    questionsSeen: () => standin.seen.streams.opened,
    async breakDown() {
      await proxy.close(0);
      proxy = await start();
    },
    async replace() {
      const before = proxy;
      proxy = await start();
      replaced.push(before.close(30_000));
    },
    async close() {
      await Promise.all([...replaced, proxy.close(0)]);
      await agent.close();
    },
  };
}

function site(request: Request): Promise<Response> | null {
  const { pathname } = new URL(request.url);
  if (!["/", "/shop", "/about"].includes(pathname)) return null;
  const page = `<!doctype html><html lang="en"><title>A shop</title><p>${pathname}</p><script src="/widget.js" async></script>`;
  return Promise.resolve(new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } }));
}
