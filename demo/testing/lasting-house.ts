/** A house in which the agent writes on whatever happens to the proxy: that can break down, or be replaced by a new one. */
import { createLog } from "../../proxy/servers/node/create-log.ts";
import { readWidgetFiles } from "../../proxy/servers/node/read-widget-files.ts";
import { startProxy, type RunningProxy } from "../../proxy/servers/node/start-proxy.ts";
import { startStandin } from "../../proxy/servers/standin/start-standin.ts";
import { readSettings } from "../../proxy/settings/read-settings.ts";

export type LastingHouse = {
  /** Where the proxy is now, with three pages that carry the tag: `/`, `/shop` and `/about`. */
  address(): string;
  /** How many questions have reached the agent. */
  questionsSeen(): number;
  /** Kills the proxy, without its last words to anybody if nothing passes on the wires meanwhile, and starts it again. */
  breakDown(): Promise<void>;
  /** Puts a new proxy in its place, while the old one ends the answers that it has begun. */
  replace(): Promise<void>;
  close(): Promise<void>;
};

type LastingHouseOptions = {
  /** Milliseconds until the agent's first word and between words. */
  pace: { firstMs: number; everyMs: number };
  /** The one page that the agent has read. */
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
export async function openLastingHouse(options: LastingHouseOptions): Promise<LastingHouse> {
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
    PROXY_SECRET: "the same for every proxy of this house",
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
