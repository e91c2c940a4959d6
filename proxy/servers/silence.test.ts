/** Tests of all output of a proxy at its most verbose, for what must not be in it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { aboutHours, key, openBakery, persona, type Bakery } from "../testing/bakery.ts";
import type { FaultName } from "../standin/wire/fault-names.ts";
import { createExchange, type Answer } from "../testing/exchange.ts";
import { buildProgram, said, type Program, type Running } from "../testing/program.ts";

const secret = "the-secret-that-signs-everything-here";
const metricsToken = "token-of-the-operator";
const turnSecret = "known-to-the-asking-browser-only";
const clientId = "id-that-a-client-made-up";
/** With its blank, since a port may begin by the same four digits. */
const card = "4111 1111";
const prompt = `${aboutHours} My card is ${card} 1111 1111.`;
const address = "203.0.113.77";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("proxy/main.ts");
}, 60_000);
afterAll(() => program.remove());

let bakery: Bakery;
let running: Running | null = null;
afterEach(async () => {
  running?.process.kill("SIGKILL");
  await running?.ended;
  running = null;
  await bakery.close();
});

async function start(more: Record<string, string> = {}, words: readonly string[] = []): Promise<string> {
  bakery = await openBakery();
  running = program.run(
    {
      CUSTOMGPT_API_KEY: key,
      CUSTOMGPT_PROJECT_ID: String(bakery.project),
      CUSTOMGPT_BASE_URL: bakery.base,
      PROXY_SECRET: secret,
      METRICS_TOKEN: metricsToken,
      METRICS_PORT: "0",
      TRUST_PROXY: "1",
      LOG_LEVEL: "debug",
      ...more,
    },
    words,
  );
  await said(running, /is answering/);
  return said(running, /ready at (http:\S+)/);
}

/** Things that happen to a proxy: answers, refusals, failures of upstream's that repeat what they were sent. */
async function happenings(url: string, faults: readonly FaultName[]): Promise<Answer> {
  const headers = {
    "x-forwarded-for": address,
    "x-request-id": clientId,
    "turn-secret": turnSecret,
    cookie: "session=of-the-page",
  };
  const exchange = createExchange(url);
  const answer = await exchange.ask(prompt);
  await (await exchange.start(prompt, undefined, headers)).text();
  await (await exchange.follow(answer, prompt)).text();
  await (await exchange.within(answer, "GET", "/messages", { headers })).text();
  for (const fault of faults) {
    const off = bakery.standin.faults.on(fault);
    await (await exchange.follow(answer, `${prompt} ${fault}`)).text();
    await (await exchange.start(prompt, undefined, headers)).text();
    await (await exchange.send("GET", "/v1/agents/default", { headers })).text();
    off();
  }
  await exchange.send("POST", "/v1/agents/default/conversations", { body: { prompt }, headers });
  await exchange.send("GET", `/v1/agents/nobody?q=${encodeURIComponent(prompt)}`, { headers });
  await exchange.send("GET", "/metrics", { headers: { authorization: `Bearer ${metricsToken}x` } });
  await exchange.within({ ...answer, visitor: `${answer.visitor}x` }, "GET", "/messages", { headers });
  return answer;
}

describe("what the proxy writes", () => {
  it("holds no key, token, secret, prompt, conversation or address", async () => {
    const url = await start();
    const { visitor, conversation, text, turn } = await happenings(url, [
      "leaking",
      "server-error",
      "unauthorized",
      "connection-cut-unstored",
    ]);
    running?.process.kill("SIGTERM");
    expect(await running?.ended).toBe(0);
    const out = running?.out() ?? "";
    expect(out.split("\n").filter((line) => line.includes('"problem"')).length).toBeGreaterThan(8);
    for (const word of [
      key,
      key.slice(3),
      secret,
      metricsToken,
      visitor,
      conversation,
      turn,
      turnSecret,
      persona,
    ])
      expect(out).not.toContain(word);
    for (const word of [card, aboutHours, text.slice(0, 30), address, "203.0.113", clientId, "of-the-page"])
      expect(out).not.toContain(word);
    // Its own address is where it says it listens; no line of the log has one.
    for (const line of out.split("\n").filter((each) => each.startsWith("{")))
      expect(line).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b|::/);
  }, 60_000);

  it("names one request by one id, from its access line to what went wrong upstream", async () => {
    const url = await start();
    bakery.standin.faults.on("server-error");
    const response = await createExchange(url).start(prompt, undefined, { "x-request-id": clientId });
    const id = response.headers.get("x-request-id") ?? "";
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await response.text();
    const lines = () => (running?.out() ?? "").split("\n").filter((line) => line.includes(id));
    const messages = () => lines().map((line) => /"msg":"([^"]+)"/.exec(line)?.[1] ?? line);
    await expect.poll(messages).toEqual(expect.arrayContaining(["request", "turn failed", "upstream"]));
  }, 60_000);

  it("is after a crash one line with the error's type and location, but not its message", async () => {
    const crash = 'process.on("SIGUSR2", () => { throw new TypeError(process.env.WORDS); })';
    await start({ WORDS: `${prompt} ${key}` }, [
      "--import",
      `data:text/javascript,${encodeURIComponent(crash)}`,
    ]);
    running?.process.kill("SIGUSR2");
    expect(await running?.ended).toBe(1);
    const out = running?.out() ?? "";
    const told = out.split("\n").filter((line) => line.includes("TypeError") || /^ +at /.test(line));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? "")).toMatchObject({ level: 60, error: "TypeError", msg: "crash" });
    for (const word of [card, "the-real-key"]) expect(out).not.toContain(word);
  }, 60_000);
});

describe("what can be measured", () => {
  it("is read with the token, also on a port of its own, and holds nothing of visitors", async () => {
    const url = await start();
    const { visitor, conversation } = await happenings(url, ["unauthorized"]);
    const bearer = (token: string) =>
      fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await bearer("token-of-somebody-else")).status).toBe(404);
    const shown = await bearer(metricsToken);
    expect(shown.headers.get("content-type")).toMatch(/^text\/plain/);
    const text = await shown.text();
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).toMatch(/customgpt_widget_problems_total\{code="agent-unavailable"\} [1-9]/);
    const own = running ? await said(running, /can be read at (http:\S+)/) : "";
    const headers = { authorization: `Bearer ${metricsToken}` };
    expect(await (await fetch(own, { headers })).text()).toContain("customgpt_widget_turns_total");
    expect((await fetch(own.replace("/metrics", "/healthz"))).status).toBe(404);
    for (const word of [key, visitor, conversation, card, address, "nobody"])
      expect(text).not.toContain(word);
  }, 60_000);
});
