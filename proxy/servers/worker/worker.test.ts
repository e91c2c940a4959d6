/** Tests of the built worker on a real workerd, with the stand-in as its upstream. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openedBy } from "../../testing/exchange.ts";
import {
  answerOf,
  eventsOf,
  readEvents,
  readRefusal,
  toldBy,
  type ReadEvent,
} from "../../testing/read-events.ts";
import { openReceiver } from "../../testing/receiver.ts";
import { scenarios } from "../../testing/service-scenarios.ts";
import {
  aboutOpening,
  buildWorker,
  openWorkerBakery,
  widgetCode,
  workerKey,
  type WorkerBakery,
} from "../../testing/worker-bakery.ts";

let built: Awaited<ReturnType<typeof buildWorker>>;
beforeAll(async () => {
  built = await buildWorker();
}, 120_000);
afterAll(() => built.remove());

const open: WorkerBakery[] = [];
afterEach(async () => {
  for (const bakery of open.splice(0)) await bakery.close();
});

async function bakeryWith(
  ...given: Partial<Parameters<typeof openWorkerBakery>[1]>[]
): Promise<WorkerBakery> {
  const bakery = await openWorkerBakery(built.file, Object.assign({}, ...given));
  open.push(bakery);
  return bakery;
}

const slow = { pace: { firstMs: 100, everyMs: 60 } };

describe("what works with every service works in a worker", () => {
  let bakery: WorkerBakery;
  beforeAll(async () => {
    bakery = await openWorkerBakery(built.file);
  });
  afterAll(() => bakery.close());

  it.each(scenarios)("$name", async ({ run }) => {
    expect.hasAssertions();
    await run(bakery, aboutOpening);
  });
});

describe("a turn", () => {
  it("arrives piece by piece, while it is being written", async () => {
    const bakery = await bakeryWith(slow);
    const times: number[] = [];
    for await (const { event } of eventsOf(await bakery.start(aboutOpening)))
      if (event === "delta") times.push(performance.now());
    expect(times.length).toBeGreaterThan(5);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(250);
  });

  it("sent three times at once is one question upstream", async () => {
    const bakery = await bakeryWith(slow);
    const turn = randomUUID();
    const all = await Promise.all(
      [1, 2, 3].map(async () => readEvents(await bakery.start(aboutOpening, turn))),
    );
    const [first, ...others] = all.map(toldBy);
    for (const other of others) expect(other).toEqual(first);
    expect(bakery.standin.seen.count("send")).toBe(1);
  });

  it("is sent to no client without its token or its secret", async () => {
    const bakery = await bakeryWith(slow);
    const turn = randomUUID();
    const answer = await bakery.ask(aboutOpening, turn);
    for (const secret of [randomUUID(), "0".repeat(22)])
      expect((await bakery.start(aboutOpening, turn, { "turn-secret": secret })).status).toBe(403);
    expect(toldBy(await readEvents(await bakery.start(aboutOpening, turn)))).toEqual(toldBy(answer.events));
    expect(bakery.standin.seen.count("send")).toBe(1);
  });

  it("ends upstream at once when its visitor stops it", async () => {
    const bakery = await bakeryWith({ pace: { firstMs: 0, everyMs: 400 } });
    const turn = randomUUID();
    let stopped = 0;
    for await (const event of eventsOf(await bakery.start(aboutOpening, turn))) {
      if (event.event !== "conversation") continue;
      stopped = performance.now();
      expect((await bakery.within(event.data, "DELETE", `/turns/${turn}`)).status).toBe(204);
    }
    while (bakery.standin.seen.streams.left === 0 && performance.now() - stopped < 3000) await sleep(5);
    expect(bakery.standin.seen.streams).toMatchObject({ left: 1, ended: 0 });
  });

  it("is read to its end without readers for longer than workerd keeps an idle object", async () => {
    const bakery = await bakeryWith({ pace: { firstMs: 0, everyMs: 900 } });
    const turn = randomUUID();
    const seen: ReadEvent[] = [];
    for await (const event of eventsOf(await bakery.start(aboutOpening, turn))) {
      seen.push(event);
      if (event.event === "delta") break;
    }
    await sleep(14_000);
    const events = await readEvents(await bakery.within(openedBy(seen), "GET", `/turns/${turn}`));
    expect(events.at(-1)?.event).toBe("done");
    expect(answerOf(events)).toContain("seven");
    expect(bakery.standin.seen.streams).toMatchObject({ opened: 1, left: 0 });
  }, 60_000);
});

describe("a restart", () => {
  it("keeps conversations, without a secret being set", async () => {
    const bakery = await bakeryWith();
    const answer = await bakery.ask(aboutOpening);
    const again = await bakery.restart();
    expect(await (await again.within(answer, "GET", "/messages")).json()).toMatchObject({
      messages: [{ prompt: aboutOpening, answer: answer.text }],
    });
    expect((await again.follow(answer, aboutOpening)).status).toBe(200);
  });

  it("spends no more than the budget, for any number of questions at once, and not after it either", async () => {
    const bakery = await bakeryWith({ settings: { DAY_BUDGET: "3" } });
    const responses = await Promise.all(Array.from({ length: 12 }, () => bakery.start(aboutOpening)));
    const answered = responses.filter(({ status }) => status === 200);
    expect(answered).toHaveLength(3);
    await Promise.all(answered.map(readEvents));
    const again = await bakery.restart();
    const refused = await readRefusal(await again.start(aboutOpening));
    expect(refused).toMatchObject({ code: "budget-used-up", retryAfter: expect.any(Number) });
    expect(bakery.standin.seen.count("send")).toBe(3);
  });
});

describe("the widget's files", () => {
  it("come out of the worker, compressed once", async () => {
    const bakery = await bakeryWith();
    for (const encoding of ["br", "identity"]) {
      const response = await bakery.send("GET", "/widget.js", { headers: { "accept-encoding": encoding } });
      expect(response.headers.get("content-encoding")).toBe(encoding === "br" ? "br" : null);
      expect(await response.text()).toBe(widgetCode);
    }
    expect((await bakery.send("GET", "/assets/none.js")).status).toBe(404);
  });
});

describe("a message to the owner", () => {
  it("reaches the webhook with the conversation, and is not followed elsewhere", async () => {
    const receiver = await openReceiver();
    const bakery = await bakeryWith({ settings: { CONTACT_WEBHOOK: receiver.address } });
    const mine = await bakery.ask(aboutOpening);
    const write = () =>
      bakery.within(mine, "POST", "/contact", { body: { message: "Call me.", attach: true } });
    expect((await write()).status).toBe(204);
    expect(receiver.received[0]?.body).toMatchObject({
      message: "Call me.",
      transcript: [{ question: aboutOpening, answer: mine.text }],
    });
    receiver.answerWith(307, { location: "https://elsewhere.example/" });
    expect((await write()).status).toBe(502);
    expect(receiver.received).toHaveLength(2);
    expect(bakery.logged()).not.toMatch(/Call me|only-the-owner/);
    await receiver.close();
  });
});

describe("a refusal", () => {
  it("meets strangers, broken bodies and others' tokens as on Node", async () => {
    const bakery = await bakeryWith();
    const { conversation, visitor } = await bakery.ask(aboutOpening);
    const codes = await Promise.all(
      [
        bakery.start("Hi", randomUUID(), { origin: "https://evil.test" }),
        bakery.start(""),
        bakery.within({ conversation, visitor: `${visitor}x` }, "GET", "/messages"),
        bakery.send("GET", "/v1/agents/unknown"),
        bakery.start("x".repeat(5000)),
      ].map(async (response) => (await readRefusal(await response)).code),
    );
    expect(codes).toEqual(["not-allowed", "bad-request", "not-allowed", "not-found", "too-long"]);
    expect(bakery.logged()).toMatch(/"level":30,.*"msg":"request"/);
    expect(bakery.logged()).not.toMatch(new RegExp(`${workerKey.slice(3)}|${visitor}|café`));
  });

  it.each([
    [
      "no key",
      { CUSTOMGPT_API_KEY: "", CUSTOMGPT_PROJECT_ID: "" },
      /CUSTOMGPT_API_KEY is not set; .*stand-in/,
    ],
    ["a Redis", { REDIS_URL: "redis://127.0.0.1", PROXY_SECRET: "s".repeat(40) }, /REDIS_URL is set, but/],
    ["a bad value", { LONGEST_PROMPT: "many" }, /LONGEST_PROMPT is "many"; it takes/],
  ])("meets everybody when it was given %s, and the log says why", async (_, settings, why) => {
    const bakery = await bakeryWith({ settings });
    const response = await bakery.start("Hi");
    expect(await readRefusal(response)).toMatchObject({ status: 503, code: "agent-unavailable" });
    expect(bakery.logged()).toMatch(why);
    expect(bakery.logged()).not.toContain(workerKey);
  });
});
