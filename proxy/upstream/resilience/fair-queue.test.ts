/** Tests of the order of calls in a full queue, and of refusals. */
import { describe, expect, it } from "vitest";
import { createManualTime, settled } from "../../testing/manual-time.ts";
import { createFairQueue } from "./fair-queue.ts";
import { UpstreamFailure } from "../errors.ts";
import { never } from "../testing/client.ts";

function open(options: { concurrency?: number; length?: number; maxWaitMs?: number } = {}) {
  const time = createManualTime();
  const queue = createFairQueue({
    concurrency: 1,
    length: 10,
    maxWaitMs: 5000,
    schedule: time.schedule,
    ...options,
  });
  const inside: { name: string; leave: () => void }[] = [];
  const gone: { name: string; reason: unknown }[] = [];
  const order: string[] = [];
  /** `lane` is an address; with a slash, a visitor there. */
  async function come(lane: string, name = lane, signal: AbortSignal = never) {
    const [address = "", visitor = ""] = lane.split("/");
    queue.enter({ lane: address, own: visitor }, signal).then(
      (leave) => void (inside.push({ name, leave }), order.push(name)),
      (reason: unknown) => void gone.push({ name, reason }),
    );
    await settled();
  }
  async function next() {
    inside.shift()?.leave();
    await settled();
  }
  return { time, queue, inside, gone, order, come, next };
}

describe("a fair queue", () => {
  it("runs up to the maximum, and the rest in order of arrival", async () => {
    const { queue, come, next, order } = open({ concurrency: 2 });
    for (const name of ["a", "b", "c", "d"]) await come(name);
    expect(order).toEqual(["a", "b"]);
    expect(queue.count()).toEqual({ running: 2, waiting: 2 });
    await next();
    expect(order).toEqual(["a", "b", "c"]);
    await next();
    await next();
    await next();
    expect(order).toEqual(["a", "b", "c", "d"]);
    expect(queue.count()).toEqual({ running: 0, waiting: 0 });
  });

  it("runs one visitor's single call between another's many", async () => {
    const { come, next, order } = open();
    await come("flood", "running");
    for (const name of ["1", "2", "3", "4"]) await come("flood", `flood ${name}`);
    await come("guest");
    await come("other guest");
    for (let count = 0; count < 6; count++) await next();
    expect(order).toEqual(["running", "flood 1", "guest", "other guest", "flood 2", "flood 3", "flood 4"]);
  });

  it("refuses a call when it is full, with a wait", async () => {
    const { come, gone, order } = open({ length: 2 });
    for (const name of ["a", "b", "c", "d"]) await come(name);
    expect(order).toEqual(["a"]);
    expect(gone).toEqual([{ name: "d", reason: expect.any(UpstreamFailure) }]);
    expect(gone[0]?.reason).toMatchObject({ code: "upstream-busy", retryAfter: 5 });
  });

  it("full of one visitor's calls, refuses the newest of them for another visitor's first", async () => {
    const { come, next, gone, order } = open({ length: 3 });
    await come("flood", "running");
    for (const name of ["1", "2", "3"]) await come("flood", `flood ${name}`);
    await come("guest");
    expect(gone.map(({ name }) => name)).toEqual(["flood 3"]);
    await come("flood", "flood 4");
    expect(gone.map(({ name }) => name)).toEqual(["flood 3", "flood 4"]);
    for (let count = 0; count < 4; count++) await next();
    expect(order).toEqual(["running", "flood 1", "guest", "flood 2"]);
  });

  it("lets the visitors of one address take turns with each other, and with other addresses", async () => {
    const { come, next, order } = open();
    await come("school/ann", "running");
    for (const name of ["ann", "ben", "ann again", "cem"]) await come(`school/${name.slice(0, 3)}`, name);
    await come("home/dan", "dan");
    await come("work/eve", "eve");
    for (let count = 0; count < 6; count++) await next();
    expect(order).toEqual(["running", "ann", "dan", "eve", "ben", "cem", "ann again"]);
  });

  it("full of forty conversations of one address, admits twenty-five new visitors of other addresses, and refuses none", async () => {
    const { come, next, gone, order } = open({ length: 30 });
    await come("crowd/0", "running");
    for (let count = 0; count < 40; count++) await come(`crowd/${count}`, "crowd");
    for (let count = 0; count < 25; count++) {
      await come(`home ${count}/${count}`, "newcomer");
      await come(`crowd/${count}`, "crowd");
    }
    expect(gone.filter(({ name }) => name === "newcomer")).toEqual([]);
    for (let count = 0; count < 27; count++) await next();
    expect(order.filter((name) => name === "newcomer")).toHaveLength(25);
  });

  it("refuses no single visitor of an address for one more of many visitors at another", async () => {
    const { come, gone } = open({ length: 3 });
    await come("school/0", "running");
    await come("home/ann", "ann");
    for (const name of ["1", "2", "3", "4"]) await come(`school/${name}`, name);
    expect(gone.map(({ name }) => name)).toEqual(["3", "4"]);
  });

  it("refuses a call that has waited too long, and removes it", async () => {
    const { time, queue, come, next, gone, order } = open();
    await come("a");
    await come("b");
    await time.pass(4999);
    expect(gone).toEqual([]);
    await time.pass(1);
    expect(gone).toMatchObject([{ name: "b", reason: { code: "upstream-busy", retryAfter: 5 } }]);
    expect(queue.count()).toEqual({ running: 1, waiting: 0 });
    await next();
    expect(order).toEqual(["a"]);
    expect(time.waiting()).toBe(0);
  });

  it("removes an aborted call at once, with the signal's reason", async () => {
    const { queue, come, next, gone, order, time } = open();
    const leaving = new AbortController();
    await come("a");
    await come("b", "b", leaving.signal);
    await come("c");
    leaving.abort("stopped");
    await settled();
    expect(gone).toEqual([{ name: "b", reason: "stopped" }]);
    expect(queue.count()).toEqual({ running: 1, waiting: 1 });
    await next();
    expect(order).toEqual(["a", "c"]);
    expect(time.waiting()).toBe(0);
  });

  it("frees a slot once, however often its function is called", async () => {
    const { queue, inside, come } = open({ concurrency: 2 });
    await come("a");
    await come("b");
    const [first] = inside;
    first?.leave();
    first?.leave();
    expect(queue.count()).toEqual({ running: 1, waiting: 0 });
  });
});
