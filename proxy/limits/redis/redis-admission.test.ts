/** Tests of several instances with one real Redis: what they admit together, and what happens while it is away. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connectRedis } from "../../redis/connect-redis.ts";
import type { Redis } from "../../redis/redis.ts";
import { startRedisServer, type RedisServer } from "../../testing/redis-server.ts";
import type { AdmissionRules } from "../admission.ts";
import { createKeyHash } from "./hash-key.ts";
import { admitted, outcome } from "../testing/outcome.ts";
import { createRedisAdmission, type RedisAdmissionOptions } from "./redis-admission.ts";
import { ann, bob, newcomer, noRules } from "../testing/rules.ts";

let server: RedisServer;
const opened: { redis: Redis; close: () => void }[] = [];
const hash = createKeyHash("a secret of at least 32 characters");
const eraser = { name: "erase", text: "return redis.call('FLUSHALL')" };
const many = <Value>(count: number, make: (n: number) => Value) =>
  Array.from({ length: count }, (_, n) => make(n));

beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(async () => {
  server.thaw();
  const last = opened.at(-1);
  await until(
    () =>
      last === undefined ||
      last.redis.run(eraser, [], []).then(
        () => true,
        () => false,
      ),
  );
  for (const { redis, close } of opened.splice(0)) {
    close();
    await redis.close();
  }
});
afterAll(() => server.kill());

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await reached()) return;
    await sleep(25);
  }
  throw new Error("It did not come to that within five seconds.");
}

/** Patient, since a busy machine must not look like a Redis that is away. */
const patient = 2000;
type More = Partial<RedisAdmissionOptions> & { patienceMs?: number };

async function openInstance(rules: Partial<AdmissionRules>, { patienceMs = patient, ...more }: More = {}) {
  const redis = await connectRedis({ url: server.url, patienceMs });
  const logged: string[] = [];
  const note = (_: object, message: string) => void logged.push(message.split(":")[0] ?? "");
  const admission = createRedisAdmission({
    rules: { ...noRules, ...rules },
    clock: Date.now,
    redis,
    whenAway: "refuse",
    log: { info: note, warn: note, error: note },
    newId: randomUUID,
    hash,
    ...more,
  });
  opened.push({ redis, close: admission.close });
  return { redis, admission, logged, ask: (asker = ann) => outcome(admission.admit(asker)) };
}

const twoInstances = async (rules: Partial<AdmissionRules>, more: More = {}) =>
  [await openInstance(rules, more), await openInstance(rules, more)] as const;

describe("two instances on one Redis", () => {
  it("let exactly 50 of 200 at once through a budget of 50, and a third one knows it", async () => {
    const rules = { budget: { day: 50, month: null } };
    const [one, two] = await twoInstances(rules);
    const askers = many(200, (n) => ({ ...ann, visitor: `visitor ${n}` }));
    expect(await admitted(askers.map((asker, n) => (n % 2 === 0 ? one : two).admission.admit(asker)))).toBe(
      50,
    );
    const restarted = await openInstance(rules);
    expect(await restarted.admission.left()).toEqual({ day: 0, month: null });
    expect(await restarted.ask()).toMatch(/^budget-used-up \d+$/);
  });

  it.each(["visitor", "address", "agent", "total"])(
    "hold the rate by %s together, exactly",
    async (scope) => {
      const [one, two] = await twoInstances({
        [scope]: [
          { max: 20, seconds: 60 },
          { max: 100, seconds: 3600 },
        ],
      });
      expect(await admitted(many(100, (n) => (n % 2 === 0 ? one : two).admission.admit(ann)))).toBe(20);
      expect(await one.ask()).toMatch(/^too-many (5\d|60)$/);
      expect(await one.ask({ visitor: "x", isNew: false, address: "9.9.9.9", agent: "other" })).toMatch(
        scope === "total" ? /^too-many/ : /^admitted$/,
      );
    },
  );

  it("hold the cap of streams together, exactly, and free it when one ends anywhere", async () => {
    const [one, two] = await twoInstances({ streams: { ...noRules.streams, visitor: 3 } });
    const lease = await one.admission.admit(ann);
    expect(await admitted(many(40, (n) => (n % 2 === 0 ? one : two).admission.admit(ann)))).toBe(2);
    expect(await two.ask()).toBe("too-many 2");
    expect(await two.ask(bob)).toBe("admitted");
    lease.end();
    await until(async () => (await two.ask()) === "admitted");
    expect(await two.ask()).toBe("too-many 2");
  });

  it("agree although their clocks differ by two hours", async () => {
    const rules = { visitor: [{ max: 4, seconds: 60 }], streams: { ...noRules.streams, visitor: 4 } };
    const late = await openInstance(rules, { clock: () => Date.now() - 3_600_000 });
    const early = await openInstance(rules, { clock: () => Date.now() + 3_600_000 });
    expect(await admitted(many(10, (n) => (n % 2 === 0 ? late : early).admission.admit(ann)))).toBe(4);
    expect(await early.ask()).toMatch(/^too-many (5\d|60)$/);
  });
});

describe("one instance", () => {
  it("limits new visitors of an address, and not those that are known", async () => {
    const { ask } = await openInstance({ newVisitor: [{ max: 1, seconds: 60 }] });
    expect([await ask(newcomer), await ask(newcomer), await ask(ann)]).toEqual([
      "admitted",
      "too-many 60",
      "admitted",
    ]);
  });

  it("books nothing for a question that one of the limits stops", async () => {
    const { ask, admission } = await openInstance({
      visitor: [{ max: 2, seconds: 3600 }],
      address: [{ max: 1, seconds: 1 }],
      budget: { day: 10, month: 10 },
    });
    await ask();
    for (let tries = 0; tries < 5; tries++) expect(await ask()).toMatch(/^too-many/);
    expect(await admission.left()).toEqual({ day: 9, month: 9 });
    await sleep(1050);
    expect(await ask()).toBe("admitted");
  });

  it.each(["visitor", "address", "agent", "total", "newVisitor"] as const)(
    "gives a query back, and of the limit by %s nothing, on any instance",
    async (limit) => {
      const rules = { budget: { day: 9, month: 9 }, [limit]: [{ max: 2, seconds: 60 }] };
      const [one, two] = await twoInstances(rules);
      const asker = { ...ann, isNew: true };
      for (const { admission } of [one, two]) (await admission.admit(asker)).refund();
      await until(async () => (await one.admission.left()).day === 9);
      expect(await one.ask(asker)).toMatch(/^too-many/);
      expect(await two.ask(asker)).toMatch(/^too-many/);
    },
  );

  it("gives a query back once, and none after the end", async () => {
    const { ask, admission } = await openInstance({ budget: { day: 2, month: 2 } });
    const first = await admission.admit(ann);
    const second = await admission.admit(ann);
    second.end();
    second.refund();
    first.refund();
    first.refund();
    await until(async () => (await admission.left()).day === 1);
    await sleep(50);
    expect(await admission.left()).toEqual({ day: 1, month: 1 });
    expect([await ask(), await ask()]).toEqual(["admitted", expect.stringMatching(/^budget-used-up/)]);
  });

  it("frees an abandoned stream; its query stays spent, refund or not", async () => {
    const { admission, ask } = await openInstance({
      streams: { ...noRules.streams, total: 1 },
      budget: { day: 5, month: null },
      leaseSeconds: 0.3,
    });
    const lease = await admission.admit(ann);
    expect(await ask(bob)).toBe("too-many 2");
    await sleep(350);
    lease.refund();
    expect(await ask(bob)).toBe("admitted");
    expect(await admission.left()).toEqual({ day: 3, month: null });
  });

  it("leaves no address and no visitor in Redis, and nothing that stays for ever", async () => {
    const asker = { visitor: "visitor-secret", isNew: false, address: "198.51.100.77", agent: "agent-name" };
    const rates = [{ max: 9, seconds: 60 }];
    const { admission, redis } = await openInstance({
      visitor: rates,
      address: rates,
      agent: rates,
      total: rates,
      newVisitor: rates,
      budget: { day: 5, month: 5 },
    });
    await admission.admit(asker);
    await admission.admit({ ...asker, isNew: true });
    const dump = await redis.run(
      {
        name: "look",
        text: "local all = {} for _, key in ipairs(redis.call('KEYS', '*')) do all[#all + 1] = key .. ' ' .. redis.call('PTTL', key) end return all",
      },
      [],
      [],
    );
    const lines = Array.isArray(dump) ? dump.map(String) : [];
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(line).toMatch(/^\{customgpt-widget\}limits:\S+ [1-9]\d*$/);
    expect(lines.join("\n")).not.toMatch(/visitor-secret|198\.51|agent-name/);
  });

  it("refuses with the owner's words", async () => {
    const { admission } = await openInstance({ budget: { day: 0, month: null } }, { words: "Call 01234." });
    await expect(admission.admit(ann)).rejects.toHaveProperty("details.words", "Call 01234.");
  });
});

describe("while Redis is away", () => {
  it("frozen: questions are refused within a moment, later ones at once; afterwards the budget is exact", async () => {
    const rules = { budget: { day: 50, month: null } };
    const one = await openInstance(rules, { patienceMs: 400 });
    const two = await openInstance(rules);
    expect(await admitted(many(20, () => one.admission.admit(ann)))).toBe(20);
    server.freeze();
    const begun = Date.now();
    expect(new Set(await Promise.all(many(100, () => one.ask())))).toEqual(new Set(["upstream-busy 5"]));
    // One after the other they would take a hundred times the patience.
    expect(Date.now() - begun).toBeLessThan(10 * 400);
    const trying = one.ask();
    expect(await Promise.race([trying.then(() => "waited for the try"), one.ask()])).toBe("upstream-busy 5");
    await trying;
    server.thaw();
    await until(async () => (await one.ask()) === "admitted");
    // What was sent into the frozen Redis has run there meanwhile, and was given back.
    await until(async () => (await one.admission.left()).day === 29);
    expect(await admitted(many(100, () => two.admission.admit(bob)))).toBe(29);
    expect(one.logged).toEqual(["Redis is away", "Redis is back"]);
  });

  it("killed and restarted: it is back by itself, with a log line for each change", async () => {
    const { ask, admission, logged, redis } = await openInstance({ budget: { day: 5, month: null } });
    const lease = await admission.admit(ann);
    await server.kill();
    await until(() => !redis.isHere);
    expect(await ask()).toBe("upstream-busy 5");
    expect(await ask()).toBe("upstream-busy 5");
    await expect(admission.left()).rejects.toThrow("did not answer");
    lease.end();
    await server.start();
    await until(async () => (await ask()) === "admitted");
    expect(logged).toEqual(["Redis is away", "Redis is back"]);
  });

  it("killed and come back empty: the budget goes on from what any of them knew, refunds or not", async () => {
    const rules = { budget: { day: 10, month: 300 } };
    const [one, two] = await twoInstances(rules);
    const leases = await Promise.all(many(6, () => one.admission.admit(ann)));
    leases[0]?.refund();
    await until(async () => (await two.admission.left()).day === 5);
    expect(await admitted(many(2, () => two.admission.admit(bob)))).toBe(2);
    await server.kill();
    await until(() => !one.redis.isHere && !two.redis.isHere);
    await server.start();
    for (const { admission } of [one, two])
      await until(async () => (await admission.left().catch(() => null)) !== null);
    expect(await one.admission.left()).toEqual({ day: 3, month: 293 });
    expect(await admitted(many(20, (n) => (n % 2 === 0 ? one : two).admission.admit(ann)))).toBe(3);
    const restarted = await openInstance(rules);
    expect(await restarted.ask()).toMatch(/^budget-used-up/);
  });

  it("an end reported meanwhile is reported again, so that the stream is free", async () => {
    const { ask, admission } = await openInstance(
      { streams: { ...noRules.streams, total: 1 } },
      { patienceMs: 300 },
    );
    const lease = await admission.admit(ann);
    server.freeze();
    expect(await ask()).toBe("upstream-busy 5");
    lease.end();
    await sleep(350);
    server.thaw();
    await until(async () => (await ask()) === "admitted");
  });

  it("counted locally: a quarter is let through and no more, and booked when Redis is back", async () => {
    const rules = { budget: { day: 40, month: null }, visitor: [{ max: 1000, seconds: 60 }] };
    const [one, two] = await twoInstances(rules, { whenAway: "local", patienceMs: 600 });
    expect(await admitted(many(4, () => one.admission.admit(ann)))).toBe(4);
    server.freeze();
    const leases = await Promise.all(many(100, () => one.admission.admit(ann).catch(() => null)));
    expect(leases.filter((lease) => lease !== null)).toHaveLength(10);
    expect(await one.ask()).toMatch(/^budget-used-up/);
    leases.find((lease) => lease !== null)?.refund();
    server.thaw();
    await until(async () => {
      await one.admission.left().catch(() => {});
      return one.logged.includes("Redis is back");
    });
    await until(async () => (await two.admission.left().catch(() => null))?.day === 40 - 4 - 9);
    await sleep(100);
    expect(await two.admission.left()).toEqual({ day: 27, month: null });
    expect(await admitted(many(100, (n) => (n % 2 === 0 ? one : two).admission.admit(ann)))).toBe(27);
    expect(one.logged).toEqual(["Redis is away", "Redis is back"]);
  });

  it("counted locally: a budget that was used up, or nearly, is not lifted", async () => {
    const rules = { budget: { day: 12, month: null } };
    const [one, two] = await twoInstances(rules, { whenAway: "local", patienceMs: 300 });
    expect(await admitted(many(6, () => two.admission.admit(bob)))).toBe(6);
    expect(await admitted(many(5, () => one.admission.admit(ann)))).toBe(5);
    server.freeze();
    expect(await admitted(many(10, () => one.admission.admit(ann)))).toBe(1);
    expect(await one.ask()).toMatch(/^budget-used-up \d{2,}/);
  });

  it("at the start already: it says so, and begins when Redis does", async () => {
    await server.kill();
    const { ask, logged } = await openInstance({});
    expect(await ask()).toBe("upstream-busy 5");
    await server.start();
    await until(async () => (await ask()) === "admitted");
    expect(logged).toEqual(["Redis is away", "Redis is back"]);
  });
});
