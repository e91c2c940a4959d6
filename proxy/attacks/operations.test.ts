/** Guarantees for operators: logs without secrets, a graceful end, a start that refuses dangerous settings. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { messageOf, openedBy } from "../testing/exchange.ts";
import { readEvents, readRefusal } from "../testing/read-events.ts";
import { startProxy } from "../servers/node/start-proxy.ts";
import { readSettings } from "../settings/read-settings.ts";
import { json, stream } from "./testing/hostile-upstream.ts";
import { openSiege, until } from "./testing/siege.ts";
import { key, site } from "./testing/siege-secrets.ts";

const question = "my-private-question about 10.99.88.77";
const secret = "the proxy's own secret that nobody may read";
const token = "operators-own-metrics-token";

/** Values that an attacker could look for in a log or in the metrics. */
const unsaid = [
  key,
  key.slice(5),
  secret,
  token,
  "my-private-question",
  "At seven o'clock",
  "10.99.88.77",
  "127.0.0.1",
  "stolen-token",
  "stack-of-upstream",
  "evil.test",
];

it("45: after all kinds of calls and failures neither log nor metrics hold a key, token, question, answer or address", async () => {
  const siege = await openSiege({
    LOG_LEVEL: "debug",
    PROXY_SECRET: secret,
    METRICS_TOKEN: token,
    TRUST_PROXY: "1",
  });
  const headers = { origin: site, "x-forwarded-for": "10.99.88.77", "user-agent": "evil.test" };
  siege.upstream.answerQuestions((response) => stream(response, ["At seven o'clock"]));
  const events = await readEvents(await siege.begin(question, headers));
  const mine = openedBy(events);
  const message = messageOf(events);
  await readEvents(await siege.follow(mine, question));
  await siege.within(mine, "PUT", `/messages/${message}/feedback`, { body: { reaction: "liked" } });
  await siege.within(mine, "GET", "/messages");
  await siege.send("GET", `/v1/agents/default?key=${encodeURIComponent(key)}`, {
    headers,
    token: "stolen-token",
  });
  await siege.send("GET", "/.env/my-private-question", { headers: { origin: "https://evil.test" } });
  await siege.begin("", headers);
  for (const status of [400, 401, 403, 404, 429, 500, 503]) {
    siege.upstream.answerQuestions((response, heard) =>
      json(response, status, { message: `stack-of-upstream ${heard.body} ${heard.headers.authorization}` }),
    );
    await (await siege.begin(question, headers)).text();
  }
  for (const said of [[key], [question, question.toUpperCase()]]) {
    siege.upstream.answerQuestions((response) => stream(response, said));
    await (await siege.begin(question, headers)).text();
  }
  await siege.within(mine, "DELETE", "");
  const metrics = await siege.send("GET", "/metrics", { token });
  expect(metrics.status).toBe(200);
  const said = siege.logged.join("\n") + (await metrics.text());
  expect(siege.logged.length).toBeGreaterThan(20);
  for (const word of [...unsaid, mine.visitor, mine.conversation, message])
    expect(said.toLowerCase()).not.toContain(word.toLowerCase());
  await siege.close();
}, 30_000);

it("45: a crash while an error holds a question and the key logs where it happened, and neither of them", async () => {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true },
    build: { write: false, ssr: "proxy/attacks/testing/crash-with-secrets.ts", target: "node20" },
  });
  const code = "output" in built ? built.output[0].code : "";
  const program = spawn(process.execPath, ["--input-type=module", "-e", code]);
  let printed = "";
  for (const stream of [program.stdout, program.stderr])
    stream.on("data", (bytes) => (printed += String(bytes)));
  const [exitCode] = await once(program, "close");
  expect(exitCode).toBe(1);
  expect(printed).toContain('"crash"');
  expect(printed).toContain("TypeError");
  for (const word of unsaid) expect(printed).not.toContain(word);
}, 30_000);

describe("48: a proxy that is told to stop", () => {
  it("accepts no new question, finishes the running answer within the grace period, and then closes its port", async () => {
    const siege = await openSiege();
    siege.upstream.answerQuestions((response) => {
      stream(response, ["At "], false);
      setTimeout(() => {
        response.end(`data: ${JSON.stringify({ status: "finish", id: 5, citations: [] })}\n\n`);
      }, 300);
    });
    const response = await siege.begin();
    const closing = siege.proxy.close(5000);
    const refused = await siege.begin();
    expect(refused.status).toBe(503);
    expect((await readRefusal(refused)).code).toBe("upstream-busy");
    expect((await readEvents(response)).map(({ event }) => event)).toEqual(["conversation", "delta", "done"]);
    await closing;
    await expect(fetch(siege.url)).rejects.toThrow("fetch failed");
    await siege.upstream.close();
  });

  it("ends what does not end by itself, and says so to the visitor", async () => {
    const siege = await openSiege({ UPSTREAM_IDLE_SECONDS: "60" });
    siege.upstream.answerQuestions((response) => stream(response, ["At "], false));
    const response = await siege.begin();
    await until(() => siege.upstream.asked().length === 1);
    const closing = siege.proxy.close(200);
    const events = await readEvents(response);
    expect(events.map(({ event }) => event)).toEqual(["conversation", "delta", "problem"]);
    await closing;
    expect(siege.upstream.asked()[0]?.left).toBe(true);
    await siege.upstream.close();
  });
});

describe("50: a start is refused", () => {
  const fine = { CUSTOMGPT_API_KEY: key, CUSTOMGPT_PROJECT_ID: "7" };
  it.each([
    ["with an agent and no key", { CUSTOMGPT_PROJECT_ID: "7" }],
    ["with a key and no agent", { CUSTOMGPT_API_KEY: key }],
    ["for every site", { ...fine, ALLOWED_ORIGINS: "*" }],
    ["for every site among others", { ...fine, ALLOWED_ORIGINS: `${site},*` }],
    ["for every site by https", { ...fine, ALLOWED_ORIGINS: "https://*" }],
    ["for a whole top-level domain", { ...fine, ALLOWED_ORIGINS: "https://*.com" }],
    ["for pages without an origin", { ...fine, ALLOWED_ORIGINS: "null" }],
    ["with an upstream by http", { ...fine, CUSTOMGPT_BASE_URL: "http://app.customgpt.ai/api/v1" }],
    [
      "with an upstream that only looks local",
      { ...fine, CUSTOMGPT_BASE_URL: "http://127.0.0.1.evil.test/" },
    ],
    ["with credentials in upstream's address", { ...fine, CUSTOMGPT_BASE_URL: "https://a:b@customgpt.ai/" }],
    ["with an upstream that is a file", { ...fine, CUSTOMGPT_BASE_URL: "file:///etc/passwd" }],
    ["with a short secret", { ...fine, PROXY_SECRET: "short" }],
    ["with more trusted proxies than anybody has", { ...fine, TRUST_PROXY: "11" }],
    ["with shared limits but a secret of each instance's own", { ...fine, REDIS_URL: "redis://127.0.0.1" }],
  ])("%s", (_, environment) => {
    const read = readSettings(environment, () => "");
    expect("errors" in read && read.errors).toHaveLength(1);
  });
});

it("50: a server without a key does not start, and says what to set", async () => {
  const read = readSettings({ PORT: "0", ALLOWED_ORIGINS: site }, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  const quiet = () => {};
  const log = { info: quiet, warn: quiet, error: quiet };
  const started = startProxy({ settings: read.settings, files: new Map(), log });
  await expect(started).rejects.toThrow(
    /^CUSTOMGPT_API_KEY is not set; .*\nCUSTOMGPT_PROJECT_ID is not set; /,
  );
});
