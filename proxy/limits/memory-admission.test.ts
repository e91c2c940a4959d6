/** Tests of the limits that one process counts. */
import { describe, expect, it } from "vitest";
import type { AdmissionRules } from "./admission.ts";
import { Refused } from "../http/errors.ts";
import { createMemoryAdmission } from "./memory-admission.ts";
import { admitted, outcome } from "./testing/outcome.ts";
import { ann, bob, newcomer, noRules } from "./testing/rules.ts";

const start = Date.UTC(2026, 10, 30, 23, 0, 0);

function admissionWith(rules: Partial<AdmissionRules>, more: { capacity?: number; words?: string } = {}) {
  const time = { now: start };
  const admission = createMemoryAdmission({
    rules: { ...noRules, ...rules },
    clock: () => time.now,
    ...more,
  });
  return { time, admission, ask: (asker = ann) => outcome(admission.admit(asker)) };
}

const many = <Value>(count: number, make: (n: number) => Value) =>
  Array.from({ length: count }, (_, n) => make(n));

describe("rates", () => {
  it("admit exactly the configured number, also all at once", async () => {
    const { admission } = admissionWith({ visitor: [{ max: 20, seconds: 60 }] });
    expect(await admitted(many(200, () => admission.admit(ann)))).toBe(20);
    expect(await admitted(many(200, () => admission.admit(bob)))).toBe(20);
  });

  it("report a wait after which a question is admitted, and not before", async () => {
    const { time, ask } = admissionWith({
      visitor: [
        { max: 2, seconds: 60 },
        { max: 3, seconds: 3600 },
      ],
    });
    await ask();
    time.now += 10_000;
    await ask();
    expect(await ask()).toBe("too-many 50");
    time.now += 49_999;
    expect(await ask()).toBe("too-many 1");
    time.now += 1;
    expect(await ask()).toBe("admitted");
    // The hour is counted in tenths, each of which expires as a whole.
    expect(await ask()).toBe("too-many 3600");
  });

  it.each([
    ["address", { visitor: "carl", isNew: false, address: ann.address, agent: "shop" }],
    ["agent", { visitor: "carl", isNew: false, address: "9.9.9.9", agent: ann.agent }],
    ["total", { visitor: "carl", isNew: false, address: "9.9.9.9", agent: "shop" }],
  ])("by %s count all who share it", async (scope, sharer) => {
    const { ask } = admissionWith({ [scope]: [{ max: 1, seconds: 60 }] });
    expect(await ask()).toBe("admitted");
    expect(await ask(sharer)).toBe("too-many 60");
    const other = { visitor: "dora", isNew: false, address: "8.8.8.8", agent: "help" };
    expect(await ask(other)).toBe(scope === "total" ? "too-many 60" : "admitted");
  });

  it("for new visitors count those without a token only", async () => {
    const { ask } = admissionWith({ newVisitor: [{ max: 1, seconds: 60 }] });
    expect(await ask(newcomer)).toBe("admitted");
    expect(await ask(newcomer)).toBe("too-many 60");
    expect(await ask(ann)).toBe("admitted");
  });

  it("count those together whose address is not known", async () => {
    const { ask } = admissionWith({ address: [{ max: 1, seconds: 60 }] });
    expect(await ask({ ...ann, address: null })).toBe("admitted");
    expect(await ask({ ...bob, address: null })).toBe("too-many 60");
  });

  it("are not used up by a question that another limit stops", async () => {
    const { time, ask } = admissionWith({
      visitor: [{ max: 2, seconds: 3600 }],
      address: [{ max: 1, seconds: 60 }],
    });
    await ask();
    for (let tries = 0; tries < 5; tries++) expect(await ask()).toMatch(/^too-many/);
    time.now += 60_000;
    expect(await ask()).toBe("admitted");
  });
});

describe("streams at once", () => {
  it("are capped exactly, and free again as soon as one ends", async () => {
    const { admission, ask } = admissionWith({ streams: { ...noRules.streams, visitor: 3 } });
    const lease = await admission.admit(ann);
    expect(await admitted(many(50, () => admission.admit(ann)))).toBe(2);
    expect(await ask()).toBe("too-many 2");
    expect(await ask(bob)).toBe("admitted");
    lease.end();
    lease.end();
    expect(await admitted(many(50, () => admission.admit(ann)))).toBe(1);
  });

  it("expire when they are not given back, but their query stays spent", async () => {
    const { admission, ask, time } = admissionWith({
      streams: { ...noRules.streams, total: 1 },
      budget: { day: null, month: 2 },
    });
    const lease = await admission.admit(ann);
    expect(await ask(bob)).toBe("too-many 2");
    time.now += 60_000;
    lease.refund();
    expect(await admission.left()).toEqual({ day: null, month: 1 });
    expect(await ask(bob)).toBe("admitted");
  });
});

describe("the budget", () => {
  it("admits exactly the configured number of queries", async () => {
    const { admission } = admissionWith({ budget: { day: 50, month: null } });
    expect(await admitted(many(400, () => admission.admit(ann)))).toBe(50);
    expect(await admission.left()).toEqual({ day: 0, month: null });
  });

  it("comes back with the next day or month of UTC", async () => {
    const { time, ask } = admissionWith({ budget: { day: 1, month: 2 } });
    await ask();
    expect(await ask()).toBe("budget-used-up 3600");
    time.now += 3_600_000;
    expect(await ask()).toBe("admitted");
    time.now += 24 * 3_600_000;
    await ask();
    time.now += 24 * 3_600_000;
    expect(await ask()).toBe(`budget-used-up ${29 * 86_400}`);
  });

  it("of 0 admits no query", async () => {
    expect(await admissionWith({ budget: { day: 0, month: null } }).ask()).toBe("budget-used-up 3600");
  });

  it("gets a query back once when upstream never took it", async () => {
    const { admission } = admissionWith({ budget: { day: 2, month: 2 } });
    const first = await admission.admit(ann);
    const second = await admission.admit(ann);
    first.refund();
    first.refund();
    first.end();
    second.end();
    second.refund();
    expect(await admission.left()).toEqual({ day: 1, month: 1 });
    expect(await admitted(many(5, () => admission.admit(ann)))).toBe(1);
  });

  it.each(["visitor", "address", "agent", "total", "newVisitor"] as const)(
    "gets a query back, and the limit by %s nothing",
    async (limit) => {
      const { admission, ask, time } = admissionWith({
        budget: { day: 9, month: 9 },
        [limit]: [{ max: 2, seconds: 60 }],
      });
      const asker = { ...ann, isNew: true };
      for (const lease of [await admission.admit(asker), await admission.admit(asker)]) lease.refund();
      expect(await admission.left()).toEqual({ day: 9, month: 9 });
      expect(await ask(asker)).toBe("too-many 60");
      time.now += 60_000;
      expect(await ask(asker)).toBe("admitted");
    },
  );

  it("is refunded on the day on which the query was spent", async () => {
    const { admission, time } = admissionWith({ budget: { day: 2, month: null }, leaseSeconds: 9999 });
    const lease = await admission.admit(ann);
    time.now += 3_600_000;
    await admission.admit(ann);
    lease.refund();
    expect(await admission.left()).toEqual({ day: 1, month: null });
  });

  it("can be kept in a store that outlives the process", async () => {
    const kept = new Map<string, number>();
    const budgetStore = {
      read: (window: string) => kept.get(window) ?? 0,
      write: (window: string, spent: number) => void kept.set(window, spent),
    };
    const rules = { ...noRules, budget: { day: 2, month: 9 } };
    const process = () => createMemoryAdmission({ rules, clock: () => start, budgetStore });
    await process().admit(ann);
    await process().admit(ann);
    expect(await outcome(process().admit(ann))).toBe("budget-used-up 3600");
    expect(Object.fromEntries(kept)).toEqual({ "2026-11-30": 2, "2026-11": 2 });
  });
});

it("a visitor whom a limit stops reads the owner's message", async () => {
  const { admission } = admissionWith({ budget: { day: 0, month: 0 } }, { words: "Call 01234." });
  await expect(admission.admit(ann)).rejects.toThrow(Refused);
  await expect(admission.admit(ann)).rejects.toHaveProperty("details.words", "Call 01234.");
});

describe("a flood of addresses", () => {
  it("is refused when memory is full; counted addresses stay counted, and time makes room", async () => {
    const { time, ask } = admissionWith({ address: [{ max: 1, seconds: 60 }] }, { capacity: 100 });
    for (let n = 0; n < 100; n++) expect(await ask({ ...ann, address: `10.0.0.${n}` })).toBe("admitted");
    expect(await ask({ ...ann, address: "10.0.1.1" })).toBe("too-many 10");
    expect(await ask({ ...ann, address: "10.0.0.0" })).toBe("too-many 60");
    time.now += 60_000;
    const later = [];
    for (let n = 0; n < 60; n++) later.push(await ask({ ...ann, address: `10.0.2.${n}` }));
    expect(later.at(-1)).toBe("admitted");
  });
});
