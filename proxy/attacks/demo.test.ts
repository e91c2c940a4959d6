/** Attacks on the demo and its stand-in, by strangers who reach them under a host name of their own. */
import { createServer, request as ask, type Server } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startDemo, type RunningDemo } from "../../demo/start-demo.ts";
import { readSettings } from "../settings/read-settings.ts";
import { createExchange } from "../testing/exchange.ts";

const published = "1|the-stand-in-accepts-this-key-and-no-other";
const secret = "The secret launch code of the intranet is 7714.";

let demo: RunningDemo;
let inner: Server;
let innerFetched = 0;

async function openDemo(environment: Record<string, string> = {}): Promise<RunningDemo> {
  const read = readSettings({ PORT: "0", LOG_LEVEL: "silent", ...environment }, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  const quiet = () => {};
  return startDemo({
    settings: read.settings,
    files: new Map(),
    scripts: new Map(),
    log: { info: quiet, warn: quiet, error: quiet },
    pace: { firstMs: 0, everyMs: 0 },
  });
}

type Answer = { status: number; body: string };

/** A request whose `Host` is the test's to choose, as `fetch` does not let one. */
function call(url: string, headers: Record<string, string>, method = "GET", body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask(url, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on("error", reject).end(body);
  });
}

const keyOf = (proxy: RunningDemo) => `Bearer ${proxy.standin?.key ?? ""}`;
const apiOf = (proxy: RunningDemo) => proxy.standin?.base.href ?? "";

beforeAll(async () => {
  demo = await openDemo();
  inner = createServer((_, response) => {
    innerFetched++;
    response.writeHead(200, { "content-type": "text/html" }).end(`<title>Intranet</title><p>${secret}</p>`);
  });
  await new Promise<void>((resolve) => inner.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  inner.close();
  await demo.close(0);
});

const strangers = [
  "rebound.evil.test",
  "rebound.evil.test:8787",
  "127.0.0.1.nip.io",
  "evil.test.",
  "<b>x</b>",
];

it.each(strangers)("71: nothing is answered to the name %s, not with the right key either", async (host) => {
  const paths = ["/", "/sitemap.xml", "/standin/seen", "/api/v1/projects", "/v1/agents/default"];
  for (const path of paths) {
    const { status, body } = await call(demo.url + path, { host, authorization: keyOf(demo) });
    expect([400, 421]).toContain(status);
    expect(body).not.toMatch(/evil|nip\.io/);
  }
  for (const path of ["/projects", "/../../standin/seen"]) {
    const { status } = await call(apiOf(demo) + path, { host, authorization: keyOf(demo) });
    expect([400, 421]).toContain(status);
  }
});

it("71: the host name of the first request is not kept, also where an owner's agent answers", async () => {
  for (const [host, environment] of [
    ["localhost:9", {}],
    ["evil.test", { TRUST_PROXY: "1" }],
  ] as const) {
    const fresh = await openDemo({
      CUSTOMGPT_API_KEY: "5|some-key",
      CUSTOMGPT_PROJECT_ID: "42",
      CUSTOMGPT_BASE_URL: "http://127.0.0.1:9/api/v1",
      ...environment,
    });
    expect((await call(fresh.url, { host })).body).not.toContain(host);
    const { status, body } = await call(`${fresh.url}/sitemap.xml`, { host: "localhost" });
    expect(status).toBe(200);
    expect(body).toContain(`<loc>${fresh.url}/</loc>`);
    await fresh.close(0);
  }
});

it("72: the stand-in's key is made at each start, long, and no earlier one opens anything", async () => {
  const other = await openDemo();
  expect(demo.standin?.key).not.toBe(other.standin?.key);
  expect(demo.standin?.key).toMatch(/^1\|[\w-]{40}$/);
  for (const key of [`Bearer ${published}`, keyOf(other), "Bearer ", ""])
    for (const url of [`${demo.url}/api/v1`, apiOf(demo)]) {
      const { status } = await call(`${url}/projects`, { authorization: key });
      expect(status).toBe(401);
    }
  await other.close(0);
});

it("72: without the key, others' questions, the agent's settings and pages of this machine are out of reach", async () => {
  await createExchange(demo.url).ask("a private question of somebody");
  const address = inner.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const headers = { authorization: `Bearer ${published}`, "content-type": "application/json" };
  const project = JSON.stringify({ project_name: "x", sitemap_path: `http://127.0.0.1:${port}/` });
  const tried = [
    await call(`${demo.url}/standin/seen`, headers),
    await call(`${demo.url}/api/v1/projects`, headers, "POST", project),
    await call(`${demo.url}/api/v1/projects/1/settings`, headers, "POST", '{"chatbot_title":"Owned"}'),
    await call(`${demo.url}/standin/faults/nonsense`, headers, "PUT"),
  ];
  expect(tried.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  expect(JSON.stringify(tried)).not.toContain("private question");
  expect(innerFetched).toBe(0);
});

it("72: where the demo is open to the network, or behind a server, the stand-in's control routes are not at its address", async () => {
  for (const environment of [{ HOST: "0.0.0.0" }, { TRUST_PROXY: "1" }] as const) {
    const open = await openDemo(environment);
    for (const path of ["/standin/seen", "/api/v1/projects"])
      expect((await call(open.url + path, { authorization: keyOf(open) })).status).toBe(404);
    expect(apiOf(open)).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await open.close(0);
  }
});

it("71: the demo answers to this machine's names, to addresses where it is open, and to what its own front server lets through", async () => {
  const status = async (proxy: RunningDemo, host: string) => (await call(proxy.url, { host })).status;
  for (const host of ["localhost", "127.0.0.1:8787", "[::1]:1", "shop.localhost:8787"])
    expect(await status(demo, host)).toBe(200);
  const open = await openDemo({ HOST: "0.0.0.0" });
  for (const host of ["192.168.1.5:8787", "workstation", "workstation.local", "localhost"])
    expect(await status(open, host)).toBe(200);
  expect(await status(open, "evil.test")).toBe(421);
  await open.close(0);
  const behind = await openDemo({ TRUST_PROXY: "1" });
  expect(await status(behind, "demo.example.com")).toBe(200);
  await behind.close(0);
});

it("71: a client on this machine with the printed key uses the stand-in as the service itself", async () => {
  for (const url of [`${demo.url}/api/v1`, apiOf(demo)]) {
    const { status, body } = await call(`${url}/projects`, { authorization: keyOf(demo) });
    expect(status).toBe(200);
    expect(body).toContain("Widget guide");
  }
});
