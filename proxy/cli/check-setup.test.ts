/** Tests of the set-up check: what it reports, and how to fix it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readWidgetFiles } from "../servers/node/read-widget-files.ts";
import { startWithStandin } from "../servers/standin/start-with-standin.ts";
import { startNodeServer } from "../servers/node/http-server.ts";
import { readSettings } from "../settings/read-settings.ts";
import { seedAgent } from "../standin/testing/seed-pages.ts";
import { key, openBakery } from "../testing/bakery.ts";
import { startNginx } from "../testing/nginx.ts";
import { startRedisServer } from "../testing/redis-server.ts";
import { checkRedis } from "./check-redis.ts";
import { checkSetup, type SetupToCheck } from "./check-setup.ts";
import type { Finding } from "./finding.ts";
import { asJson, asText } from "./report.ts";

const site = "http://localhost:4000";
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

const check = (setup: Partial<SetupToCheck>) =>
  checkSetup({
    environment: {},
    readFile: () => "",
    address: null,
    origin: null,
    patience: 2000,
    ...setup,
  });

const about = (findings: readonly Finding[], word: string) =>
  findings.filter((finding) => finding.about === word);
const states = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ about: word, state }) => [word, state]));

/** A proxy with a key, as far as it knows, and the variables it was started with. */
async function bakeryWith(environment: Record<string, string> = {}) {
  const bakery = await openBakery(environment);
  undo.push(() => bakery.close());
  return {
    bakery,
    environment: {
      CUSTOMGPT_API_KEY: key,
      CUSTOMGPT_PROJECT_ID: String(bakery.project),
      CUSTOMGPT_BASE_URL: bakery.base,
      PROXY_SECRET: "s".repeat(32),
      MONTH_BUDGET: "1000",
      ...environment,
    },
  };
}

describe("the settings", () => {
  it("pass when key, agent and origins are right", async () => {
    const shop = await startNodeServer({
      fetch: () => new Response("the shop"),
      host: "127.0.0.1",
      port: 0,
    });
    undo.push(() => shop.close(0));
    const { environment } = await bakeryWith({
      ALLOWED_ORIGINS: `${shop.url},https://*.example.com`,
      TRUST_PROXY: "1",
    });
    const found = await check({ environment });
    expect(found.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(about(found, "agent")[0]?.found).toMatch(/^Agent \d+ answers to the key, as "default"/);
    expect(about(found, "origins")).toHaveLength(2);
  });

  it("with a wrong key say that it was refused and which variable to correct, and never show it", async () => {
    const { environment } = await bakeryWith();
    const found = await check({ environment: { ...environment, CUSTOMGPT_API_KEY: "9|wrong-key-of-mine" } });
    expect(about(found, "agent")).toMatchObject([
      { state: "problem", mend: expect.stringMatching(/refused the key: correct CUSTOMGPT_API_KEY/) },
    ]);
    expect(asJson(found) + asText(found)).not.toContain("wrong-key-of-mine");
  });

  it("name each agent that does not answer", async () => {
    const { environment } = await bakeryWith();
    const found = await check({ environment: { ...environment, AGENTS: "help=999" } });
    expect(about(found, "agent")).toMatchObject([
      { state: "ok" },
      { found: 'Agent 999, "help", does not answer.', mend: expect.stringMatching(/AGENTS/) },
    ]);
  });

  it("that cannot be read are told as the start would tell them", async () => {
    const found = await check({ environment: { PORT: "many" } });
    expect(found).toMatchObject([{ state: "problem", found: expect.stringMatching(/^PORT is "many"/) }]);
  });

  it("warn of what is missing on the public internet", async () => {
    const { environment } = await bakeryWith();
    const { PROXY_SECRET: _, MONTH_BUDGET: __, ...bare } = environment;
    const found = await check({ environment: { ...bare, HOST: "0.0.0.0" } });
    expect(states(found)).toMatchObject({
      secret: "warning",
      origins: "warning",
      budget: "warning",
      "front server": "warning",
      agent: "ok",
    });
  });

  it("need no other sites when an agent has its own, which are checked", async () => {
    const { environment } = await bakeryWith({ AGENT_ORIGINS: "default=http://127.0.0.1:2" });
    const found = about(await check({ environment }), "origins");
    expect(found).toMatchObject([
      { found: expect.stringMatching(/^http:\/\/127\.0\.0\.1:2 cannot be reached/) },
    ]);
  });

  it("name the agent that no site may use", async () => {
    const { environment, bakery } = await bakeryWith();
    const help = { AGENTS: `help=${bakery.project}`, AGENT_ORIGINS: "help=https://*.example.com" };
    const found = about(await check({ environment: { ...environment, ...help } }), "origins");
    expect(found[0]).toMatchObject({
      state: "warning",
      found: 'No other site may use the agent "default", only pages of the proxy\'s own address.',
    });
  });

  it("warn that all visitors count as one behind a server that is not trusted", async () => {
    const { environment } = await bakeryWith({ ALLOWED_ORIGINS: "https://*.example.com" });
    expect(about(await check({ environment }), "front server")).toMatchObject([
      { state: "warning", mend: expect.stringMatching(/^Set TRUST_PROXY to the number/) },
    ]);
    const found = await check({ environment: { ...environment, TRUST_PROXY: "1" } });
    expect(about(found, "front server")).toEqual([]);
  });

  it("warn of a site that is not there, or not encrypted", async () => {
    const { environment } = await bakeryWith({
      ALLOWED_ORIGINS: "http://127.0.0.1:2,http://shop.example.com",
    });
    const found = about(await check({ environment }), "origins");
    expect(found.map(({ state }) => state)).toEqual(["warning", "warning"]);
    expect(found[0]?.found).toMatch(/cannot be reached from here \(ECONNREFUSED\)/);
    expect(found[1]?.mend).toMatch(/https:\/\/shop\.example\.com/);
  });
});

describe("Redis", () => {
  it("is reported by version, distance, and eviction", async () => {
    const redis = await startRedisServer();
    undo.push(() => redis.kill());
    const found = await checkRedis(redis.url);
    expect(states(found)).toEqual({ redis: "ok", "redis memory": "ok", "redis distance": "ok" });
    expect(about(found, "redis")[0]?.found).toMatch(/^Redis \d+\.\d+/);
  });

  it("that is not there is a problem, whose address with its password is not shown", async () => {
    const found = await checkRedis("redis://me:my-password@127.0.0.1:9");
    expect(found).toMatchObject([{ about: "redis", state: "problem" }]);
    expect(JSON.stringify(found)).not.toContain("my-password");
  });
});

describe("a deployed address", () => {
  async function standinProxy(environment: Record<string, string> = {}) {
    const read = readSettings({ PORT: "0", ALLOWED_ORIGINS: site, ...environment }, () => "");
    if ("errors" in read) throw new Error(read.errors.join());
    const quiet = () => {};
    const proxy = await startWithStandin({
      settings: read.settings,
      files: readWidgetFiles("dist/widget"),
      agent: ({ standin }) => standin.seed(seedAgent),
      log: { info: quiet, warn: quiet, error: quiet },
    });
    undo.push(() => proxy.close(0));
    return proxy;
  }

  it("passes when the proxy is there, and costs no query", async () => {
    const proxy = await standinProxy();
    const found = await check({ address: new URL(proxy.url), origin: site });
    expect(found.filter(({ state }) => state === "problem")).toEqual([]);
    expect(states(found)).toMatchObject({
      "widget.js": "ok",
      agent: "ok",
      readyz: "ok",
      metrics: "ok",
      "other sites": "ok",
      "your site": "ok",
      streaming: "ok",
    });
    expect(proxy.standin?.standin.seen.count("send")).toBe(0);
  });

  it("refuses a site that is not listed, and how to list it is told", async () => {
    const proxy = await standinProxy();
    const found = await check({ address: new URL(proxy.url), origin: "https://blog.example.com" });
    expect(about(found, "your site")).toMatchObject([
      { state: "problem", mend: expect.stringContaining("Add https://blog.example.com to ALLOWED_ORIGINS") },
    ]);
  });

  it("is looked at as a page of the asked agent's own sites, where these are known", async () => {
    const own = { ALLOWED_ORIGINS: "https://elsewhere.example.com", AGENT_ORIGINS: `default=${site}` };
    const proxy = await standinProxy(own);
    const { environment } = await bakeryWith(own);
    const found = await check({ address: new URL(proxy.url), environment });
    expect(about(found, "your site")).toMatchObject([{ state: "ok", found: `Pages of ${site} may ask.` }]);
  });

  it("passes behind an nginx with its defaults", async () => {
    const nginx = await startNginx((await standinProxy()).url);
    undo.push(() => nginx.stop());
    const found = await check({ address: new URL(nginx.url), origin: site });
    expect(states(found)).toMatchObject({ streaming: "ok", "your site": "ok", "other sites": "ok" });
  });

  it("fails behind an nginx that buffers answers all the same", async () => {
    const nginx = await startNginx((await standinProxy()).url, {
      location: "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;",
    });
    undo.push(() => nginx.stop());
    const found = await check({ address: new URL(nginx.url), origin: site });
    expect(about(found, "streaming")).toMatchObject([
      { state: "problem", found: expect.stringMatching(/all at once/) },
    ]);
  });

  it("fails behind a server that admits every site", async () => {
    const nginx = await startNginx((await standinProxy()).url, {
      location:
        "proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin * always;",
    });
    undo.push(() => nginx.stop());
    const found = await check({ address: new URL(nginx.url), origin: site });
    expect(states(found)).toMatchObject({ "other sites": "problem", "your site": "problem" });
  });

  it("where nothing listens, or something else does, is told", async () => {
    const nothing = await check({ address: new URL("http://127.0.0.1:2"), origin: site });
    expect(states(nothing)).toMatchObject({
      "widget.js": "problem",
      readyz: "problem",
      streaming: "problem",
    });
    const other = await startNodeServer({
      fetch: () => new Response("<h1>Hello", { headers: { "content-type": "text/html" } }),
      host: "127.0.0.1",
      port: 0,
    });
    undo.push(() => other.close(0));
    const found = await check({ address: new URL(other.url), origin: site });
    expect(about(found, "widget.js")[0]?.found).toMatch(/comes as text\/html/);
    expect(states(found)).toMatchObject({ agent: "problem", streaming: "warning" });
  });

  it("with a certificate that browsers refuse is not checked further", async () => {
    const server = createServer(selfSigned(), (_, response) => response.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const found = await check({ address: new URL(`https://localhost:${port}`) });
    expect(about(found, "tls")).toMatchObject([
      { state: "problem", found: expect.stringMatching(/will not trust the certificate/) },
    ]);
    expect(about(found, "streaming")).toEqual([]);
  });

  it("that is not encrypted is a problem anywhere but on this machine", async () => {
    const found = await check({ address: new URL("http://chat.invalid") });
    expect(about(found, "tls")).toMatchObject([{ state: "problem" }]);
  });
});

it("is a command of its own too, which starts no server", () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ["dist/proxy/check-setup.js", ...words], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", PORT: "many" },
    });
  expect(run("--help")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Usage: customgpt-widget check/),
  });
  expect(run()).toMatchObject({ status: 1, stdout: expect.stringMatching(/PORT is "many"/) });
});

/** A key and a certificate that nobody has vouched for. */
function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const words = `req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=localhost -keyout ${keyFile} -out ${certFile}`;
  spawnSync("openssl", words.split(" "), { stdio: "ignore" });
  const made = { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
  rmSync(folder, { recursive: true });
  return made;
}
