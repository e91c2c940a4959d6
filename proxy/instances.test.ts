/** Tests of two built proxies with one Redis: an instance is killed, or Redis goes away. */
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createExchange, openedBy } from "./testing/exchange.ts";
import { startInstance, type Instance } from "./testing/instance.ts";
import { pacedAnswer, startPacedUpstream, type PacedUpstream } from "./testing/paced-upstream.ts";
import { answerOf, eventsOf, readEvents, readRefusal } from "./testing/read-events.ts";
import { startRedisServer, type RedisServer } from "./testing/redis-server.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

type Cluster = { upstream: PacedUpstream; redis: RedisServer; instances: Instance[] };

async function open(
  pace: { words: number; everyMs: number },
  extra: Record<string, string> = {},
): Promise<Cluster & { a: ReturnType<typeof createExchange>; b: ReturnType<typeof createExchange> }> {
  const upstream = await startPacedUpstream(pace);
  undo.push(() => upstream.close());
  const redis = await startRedisServer();
  undo.push(() => redis.kill());
  const env = {
    CUSTOMGPT_API_KEY: "1|a-key-that-only-this-upstream-sees",
    CUSTOMGPT_PROJECT_ID: "7",
    CUSTOMGPT_BASE_URL: upstream.base,
    PROXY_SECRET: "a secret that both instances share, long enough",
    REDIS_URL: redis.url,
    ...extra,
  };
  const instances = await Promise.all([startInstance(env), startInstance(env)]);
  for (const instance of instances) undo.push(() => instance.end("SIGKILL"));
  const [a, b] = instances.map(({ url }) => createExchange(url));
  if (!a || !b) throw new Error("Two instances were asked for.");
  return { upstream, redis, instances, a, b };
}

/** Reads until the answer has so many words, and then lets go of the connection. */
async function readWords(response: Response, words: number) {
  const events = [];
  for await (const event of eventsOf(response)) {
    events.push(event);
    if (answerOf(events).split(" ").length > words) break;
  }
  return events;
}

const raised = {
  VISITOR_LIMIT: "none",
  ADDRESS_LIMIT: "none",
  NEW_VISITOR_LIMIT: "none",
  ADDRESS_STREAMS: "1000",
  REQUEST_LIMIT: "none",
  UPSTREAM_CALLS_PER_MINUTE: "none",
};

describe("an answer begun on one instance", () => {
  it("is completed by the other when the first is killed", async () => {
    const { a, b, instances, upstream } = await open({ words: 40, everyMs: 50 });
    const turn = randomUUID();
    const seen = await readWords(await a.start("lions", turn), 5);
    await instances[0]?.end("SIGKILL");
    const opened = openedBy(seen);
    const rest = await readEvents(
      await b.within(opened, "GET", `/turns/${turn}`, {
        headers: { "last-event-id": String(seen.at(-1)?.id) },
      }),
    );
    expect(answerOf([...seen, ...rest])).toBe(pacedAnswer("lions", 40));
    expect(rest.at(-1)?.event).toBe("done");
    expect(upstream.sent.get("lions")).toBe(1);
  }, 60_000);

  it("is followed live, stopped and found again through the other", async () => {
    const { a, b, upstream } = await open({ words: 400, everyMs: 20 });
    const turn = randomUUID();
    const response = await a.start("tigers", turn);
    const seen = await readWords(response, 3);
    const opened = openedBy(seen);
    const live = readEvents(await b.within(opened, "GET", `/turns/${turn}`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await b.within(opened, "DELETE", `/turns/${turn}`)).status).toBe(204);
    const told = await live;
    expect(told.at(-1)).toMatchObject({ event: "done", data: { stopped: true } });
    await expect.poll(() => upstream.leftAt.has("tigers"), { timeout: 2000 }).toBe(true);
    const again = await readEvents(await b.within(opened, "GET", `/turns/${turn}`));
    expect(answerOf(again)).toBe(answerOf(told));
  }, 60_000);

  it("is one question, however often and wherever it is sent at once", async () => {
    const { a, b, upstream } = await open({ words: 10, everyMs: 20 }, raised);
    const first = await a.ask("first");
    const turn = randomUUID();
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? a : b).follow(first, "zebras", turn)),
    );
    const answers = await Promise.all(
      responses.map(async (response) => answerOf(await readEvents(response))),
    );
    expect(new Set(answers)).toEqual(new Set([pacedAnswer("zebras", 10)]));
    expect(upstream.sent.get("zebras")).toBe(1);
  }, 60_000);

  it("is ended or handed over when its instance is told to stop, which ends with code 0", async () => {
    const { a, b, instances } = await open({ words: 60, everyMs: 50 }, { DRAIN_SECONDS: "1" });
    const turn = randomUUID();
    const seen = await readWords(await a.start("bears", turn), 3);
    const code = instances[0]?.end("SIGTERM");
    const rest = await readEvents(
      await b.within(openedBy(seen), "GET", `/turns/${turn}`, {
        headers: { "last-event-id": String(seen.at(-1)?.id) },
      }),
    );
    expect(answerOf([...seen, ...rest])).toBe(pacedAnswer("bears", 60));
    expect(await code).toBe(0);
  }, 60_000);
});

describe("the budget", () => {
  it("holds to the exact query under 200 visitors at once, and over a restart", async () => {
    const { a, b, instances, upstream } = await open(
      { words: 1, everyMs: 5 },
      { ...raised, DAY_BUDGET: "50" },
    );
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const response = await (index % 2 ? a : b).start(`q${index}`);
        return response.status === 200
          ? readEvents(response).then(() => "answered")
          : (await readRefusal(response)).code;
      }),
    );
    expect(answers.filter((answer) => answer === "answered")).toHaveLength(50);
    expect(answers.filter((answer) => answer === "budget-used-up")).toHaveLength(150);
    expect(upstream.sent.size).toBe(50);
    await instances[0]?.end("SIGTERM");
    expect((await readRefusal(await b.start("one more"))).code).toBe("budget-used-up");
    expect(upstream.sent.size).toBe(50);
  }, 60_000);
});

describe("while Redis is away", () => {
  it("a running answer goes on to its end, new ones are refused at once, and all recovers", async () => {
    const { a, redis, upstream } = await open({ words: 60, everyMs: 50 }, { ...raised, DAY_BUDGET: "50" });
    const response = await a.start("wolves");
    const reading = readEvents(response);
    await redis.kill();
    const began = Date.now();
    expect(await readRefusal(await a.start("foxes"))).toMatchObject({ status: 503, code: "upstream-busy" });
    expect(Date.now() - began).toBeLessThan(3000);
    expect(answerOf(await reading)).toBe(pacedAnswer("wolves", 60));
    expect(upstream.sent.has("foxes")).toBe(false);
    await redis.start();
    await expect
      .poll(async () => (await a.start(randomUUID())).status, { timeout: 10_000, interval: 200 })
      .toBe(200);
  }, 60_000);

  it("an owner may choose that each instance counts by itself, under stricter limits", async () => {
    const { a, redis, instances } = await open(
      { words: 1, everyMs: 5 },
      { ...raised, DAY_BUDGET: "40", REDIS_AWAY: "local" },
    );
    await redis.kill();
    const codes = [];
    for (let count = 0; count < 20; count++) {
      const asked = await a.start(`question ${count}`);
      codes.push(asked.status === 200 ? "answered" : (await readRefusal(asked)).code);
    }
    expect(codes.filter((code) => code === "answered")).toHaveLength(10);
    expect(codes.filter((code) => code === "budget-used-up")).toHaveLength(10);
    expect(instances[0]?.output()).toMatch(/redis/i);
  }, 60_000);
});
