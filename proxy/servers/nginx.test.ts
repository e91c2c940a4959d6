/** Tests of the proxy behind the real nginx with a bare `proxy_pass` and no tuning. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../settings/read-settings.ts";
import { seedAgent } from "../standin/testing/seed-pages.ts";
import { createExchange, openedBy } from "../testing/exchange.ts";
import { startNginx, type Nginx } from "../testing/nginx.ts";
import { eventsOf, readEvents, type ReadEvent } from "../testing/read-events.ts";
import type { RunningProxy } from "./node/start-proxy.ts";
import { startWithStandin } from "./standin/start-with-standin.ts";

const question = "What is the stand-in?";
/** Milliseconds between the stand-in's words. */
const everyMs = 40;

let proxy: RunningProxy;
let nginx: Nginx | null = null;
beforeEach(async () => {
  const read = readSettings({ PORT: "0", TRUST_PROXY: "1" }, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  const quiet = () => {};
  proxy = await startWithStandin({
    settings: read.settings,
    files: new Map(),
    agent: ({ standin }) => standin.seed(seedAgent),
    pace: { firstMs: 0, everyMs },
    log: { info: quiet, warn: quiet, error: quiet },
  });
});
afterEach(async () => {
  await nginx?.stop();
  nginx = null;
  await proxy.close(0);
});

/** The events of a first question with the milliseconds between its first and its last piece of text. */
async function askedThrough(headers: Record<string, string> = {}) {
  const exchange = createExchange(nginx?.url ?? "");
  const response = await exchange.start(question, undefined, headers);
  const events: ReadEvent[] = [];
  const times: number[] = [];
  for await (const event of eventsOf(response)) {
    events.push(event);
    if (event.event === "delta") times.push(performance.now());
  }
  return { exchange, response, events, pieces: times.length, spread: (times.at(-1) ?? 0) - (times[0] ?? 0) };
}

describe("behind nginx with its default buffering", () => {
  it("an answer arrives piece by piece, whole, and without nginx collecting it", async () => {
    nginx = await startNginx(proxy.url);
    const { events, pieces, spread } = await askedThrough();
    expect(events.at(-1)?.event).toBe("done");
    expect(pieces).toBeGreaterThan(5);
    expect(spread).toBeGreaterThan((pieces * everyMs) / 2);
  });

  it("that holds when nginx compresses, which leaves the stream alone", async () => {
    nginx = await startNginx(proxy.url, {
      http: "gzip on; gzip_proxied any; gzip_types application/json text/javascript;",
    });
    const { response, pieces, spread } = await askedThrough({ "accept-encoding": "gzip" });
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(spread).toBeGreaterThan((pieces * everyMs) / 2);
  });

  it("event streams arrive so even when nginx is told to compress them", async () => {
    nginx = await startNginx(proxy.url, {
      http: "gzip on; gzip_proxied any; gzip_min_length 1; gzip_types text/event-stream;",
    });
    const { events, pieces, spread } = await askedThrough({ "accept-encoding": "gzip" });
    expect(events.at(-1)?.event).toBe("done");
    expect(pieces).toBeGreaterThan(5);
    expect(spread).toBeGreaterThan((pieces * everyMs) / 2);
  });

  it("an answer can be stopped, upstream too", async () => {
    nginx = await startNginx(proxy.url);
    const exchange = createExchange(nginx.url);
    const turn = "00000000-0000-4000-a000-000000000001";
    const events: ReadEvent[] = [];
    for await (const event of eventsOf(await exchange.start(question, turn))) {
      events.push(event);
      if (event.event !== "delta" || events.length > 2) continue;
      expect((await exchange.within(openedBy(events), "DELETE", `/turns/${turn}`)).status).toBe(204);
    }
    expect(events.at(-1)).toMatchObject({ event: "done", data: { stopped: true } });
    expect(events.length).toBeLessThan(8);
  });

  it("a visitor who leaves loses nothing of the answer", async () => {
    nginx = await startNginx(proxy.url);
    const exchange = createExchange(nginx.url);
    const turn = "00000000-0000-4000-a000-000000000002";
    const seen: ReadEvent[] = [];
    for await (const event of eventsOf(await exchange.start(question, turn))) {
      seen.push(event);
      if (seen.length === 3) break;
    }
    const rest = await exchange.within(openedBy(seen), "GET", `/turns/${turn}?after=3`);
    expect((await readEvents(rest)).at(-1)?.event).toBe("done");
  });
});
