/** Tests of a whole proxy, started and ended. */
import { afterEach, describe, expect, it } from "vitest";
import { readSettings } from "../../settings/read-settings.ts";
import { seedAgent } from "../../standin/testing/seed-pages.ts";
import { createExchange } from "../../testing/exchange.ts";
import { eventsOf, readEvents } from "../../testing/read-events.ts";
import { startWithStandin, type ProxyWithStandin, type StandinStart } from "../standin/start-with-standin.ts";

const running: ProxyWithStandin[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((proxy) => proxy.close(0)));
});

async function start(given: Partial<StandinStart> = {}): Promise<ProxyWithStandin> {
  const read = readSettings({ PORT: "0" }, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  const quiet = () => {};
  const proxy = await startWithStandin({
    settings: read.settings,
    files: new Map(),
    agent: ({ standin }) => standin.seed(seedAgent),
    pace: { firstMs: 0, everyMs: 0 },
    log: { info: quiet, warn: quiet, error: quiet },
    ...given,
  });
  running.push(proxy);
  return proxy;
}

describe("a proxy without a key", () => {
  it("has the stand-in answer, over HTTP and by key like the real service", async () => {
    const proxy = await start();
    const { text } = await createExchange(proxy.url).ask("What is the stand-in?");
    expect(text).toMatch(/stand-in/);
    expect(proxy.standin?.standin.seen.count("send")).toBe(1);
    expect((await fetch(`${proxy.standin?.base.href}/projects`)).status).toBe(401);
  });

  it("fetches its agent's picture from this machine", async () => {
    const png = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82]);
    const proxy = await start({
      site: (request) =>
        request.url.endsWith("/face.png")
          ? Promise.resolve(new Response(png, { headers: { "content-type": "image/png" } }))
          : null,
      agent: ({ standin }, url) =>
        standin.seed({
          ...seedAgent,
          settings: { ...seedAgent.settings, chatbot_avatar: `${url}/face.png` },
        }),
    });
    const profile: unknown = await (await fetch(`${proxy.url}/v1/agents/default`)).json();
    const path = /"avatar":"([^"]+)"/.exec(JSON.stringify(profile))?.[1] ?? "";
    expect(path).toMatch(/^\/v1\/pictures\//);
    const picture = await fetch(proxy.url + path);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(png);
  });

  it("serves a site at the same address, and is seen by it as its own", async () => {
    const proxy = await start({
      site: ({ url }) => (new URL(url).pathname === "/" ? Promise.resolve(new Response("the site")) : null),
    });
    expect(await (await fetch(proxy.url)).text()).toBe("the site");
    const profile = (origin: string) => fetch(`${proxy.url}/v1/agents/default`, { headers: { origin } });
    expect((await profile(proxy.url)).status).toBe(200);
    expect((await profile("http://127.0.0.1:1")).status).toBe(403);
  });

  it("leaves nothing running when its agent cannot be made", async () => {
    let url = "";
    const failed = start({
      agent(_, address) {
        url = address;
        throw new Error("The sitemap is empty.");
      },
    });
    await expect(failed).rejects.toThrow("The sitemap is empty.");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });
});

describe("ending", () => {
  it("lets an answer end, refuses new ones meanwhile, and then nothing listens any more", async () => {
    const proxy = await start({ pace: { firstMs: 50, everyMs: 10 } });
    const exchange = createExchange(proxy.url);
    const response = await exchange.start("What is the stand-in?");
    const closing = proxy.close(10_000);
    expect((await exchange.start("And this?")).status).toBe(503);
    expect((await exchange.send("GET", "/readyz")).status).toBe(503);
    expect((await readEvents(response)).at(-1)?.event).toBe("done");
    await closing;
    await expect(fetch(proxy.url)).rejects.toThrow("fetch failed");
  });

  it("tells the browser when an answer had to be cut", async () => {
    const proxy = await start({ pace: { firstMs: 0, everyMs: 300 } });
    const names: string[] = [];
    for await (const event of eventsOf(await createExchange(proxy.url).start("What is the stand-in?"))) {
      names.push(event.event === "problem" ? event.data.code : event.event);
      if (names.length === 2) void proxy.close(0);
    }
    expect(names.at(-1)).toBe("answer-cut");
  });
});
