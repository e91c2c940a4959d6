/** Tests of the relay on few PHP workers: crowds, killed workers, visitors who leave, a budget under race. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aboutHours } from "../../../proxy/testing/bakery.ts";
import { openedBy, type Opened } from "../../../proxy/testing/exchange.ts";
import type { ContractPlace } from "../../../proxy/testing/contract-scenes.ts";
import {
  answerOf,
  eventsOf,
  readEvents,
  readRefusal,
  type ReadEvent,
} from "../../../proxy/testing/read-events.ts";
import { openRelay, startRelaySite, type RelaySite } from "../testing/relay-place.ts";
import { testedDatabases } from "../testing/tested-version.ts";

/** Some three seconds an answer. */
const slow = { firstMs: 200, everyMs: 80 };

describe.each(testedDatabases)("on %s", (database) => {
  let site: RelaySite;
  let whole: string;
  beforeAll(async () => {
    site = await startRelaySite(database);
    const place = await openRelay(site);
    whole = (await place.ask(aboutHours)).text;
    await place.close();
  });
  afterAll(() => site.stop());

  it("twenty visitors at once are all answered, and pages come within twice their idle time", async () => {
    const place = await openRelay(site, { streams: 2, idle: 20, firstByte: 20 }, slow);
    const idle = await pageTimes(site, () => true, 15);
    let left = 20;
    const visitors = Array.from({ length: left }, async () => {
      const text = await askUntilAnswered(place);
      left--;
      return text;
    });
    const crowded = await pageTimes(site, () => left > 0);
    expect(await Promise.all(visitors)).toEqual(Array.from({ length: 20 }, () => whole));
    expect(place.standin.seen.count("send")).toBe(20);
    expect(crowded.length).toBeGreaterThan(20);
    expect(median(crowded) / median(idle)).toBeLessThan(2);
    await place.close();
  }, 240_000);

  it("a budget is spent to the exact question by twenty at once", async () => {
    const place = await openRelay(site, { streams: 20, dayBudget: await spent(site, 7) });
    const found = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await place.start(aboutHours);
        return response.status === 200
          ? answerOf(await readEvents(response))
          : (await readRefusal(response)).code;
      }),
    );
    const count = (what: string) => found.filter((one) => one === what).length;
    expect([count(whole), count("budget-used-up")]).toEqual([7, 13]);
    expect(place.standin.seen.count("send")).toBe(7);
    await place.close();
  });

  it("an answer whose worker is killed is told to its end, and its question is sent once", async () => {
    const place = await openRelay(site, { idle: 20, firstByte: 20 }, slow);
    const turn = randomUUID();
    const begun = await readUntilText(await place.start(aboutHours, turn), () => {
      for (const worker of site.workers()) process.kill(worker, "SIGKILL");
    });
    expect(begun.at(-1)?.event).not.toBe("done");
    expect(await resumed(place, turn, begun)).toBe(whole);
    expect(place.standin.seen.count("send")).toBe(1);
    await place.close();
  });

  it("a visitor who leaves frees the worker and the service, and finds the whole answer later", async () => {
    const place = await openRelay(site, { idle: 20, firstByte: 20 }, { firstMs: 200, everyMs: 700 });
    const turn = randomUUID();
    const leaving = new AbortController();
    const begun: ReadEvent[] = [];
    for await (const event of eventsOf(await place.start(aboutHours, turn, {}, leaving.signal))) {
      begun.push(event);
      if (event.event === "delta") break;
    }
    leaving.abort();
    await expect.poll(() => place.standin.seen.streams.left, { timeout: 20_000 }).toBe(1);
    expect(await resumed(place, turn, begun)).toBe(whole);
    expect(place.standin.seen.count("send")).toBe(1);
    await place.close();
  });

  it("an answer comes in pieces at the address of a site with permalinks", async () => {
    const place = await openRelay(site, { idle: 20, firstByte: 20 }, slow);
    const response = await fetch(`${site.relay}/v1/agents/default/conversations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ prompt: aboutHours, turn: randomUUID() }),
    });
    const events = await readEvents(response);
    expect(answerOf(events)).toBe(whole);
    expect(events.filter(({ event }) => event === "delta").length).toBeGreaterThan(5);
    await place.close();
  });

  it("PHP complains of nothing", () => {
    expect(site.complaints()).toBe("");
  });
});

/** Asks as the widget does: again after the time that a refusal names. */
async function askUntilAnswered(place: ContractPlace): Promise<string> {
  const turn = randomUUID();
  for (;;) {
    const response = await place.start(aboutHours, turn);
    if (response.status === 200) {
      const events = await readEvents(response);
      if (events.at(-1)?.event === "done") return answerOf(events);
    } else {
      const { code, retryAfter = 1 } = await readRefusal(response);
      if (code !== "too-many" && code !== "upstream-busy") throw new Error(`refused as ${code}`);
      await sleep(retryAfter * 1000);
    }
  }
}

/** Milliseconds that the site's front page takes, one request after another. */
async function pageTimes(site: RelaySite, goesOn: () => boolean, maxCount = Infinity): Promise<number[]> {
  const times: number[] = [];
  while (goesOn() && times.length < maxCount) {
    const start = performance.now();
    const response = await fetch(site.address);
    await response.text();
    expect(response.status).toBe(200);
    times.push(performance.now() - start);
    await sleep(50);
  }
  return times;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The day's budget of which `left` questions are left: what was spent before counts. */
async function spent(site: RelaySite, left: number): Promise<number> {
  const code = "echo CustomGptWidget\\Relay\\counted( 'budget day ' . gmdate( 'Y-m-d' ) );";
  return Number(await site.phpBeside(code)) + left;
}

/** The events until the first text, then the work, then whatever still comes. */
async function readUntilText(response: Response, work: () => void): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  let isDone = false;
  try {
    for await (const event of eventsOf(response)) {
      events.push(event);
      if (event.event !== "delta" || isDone) continue;
      isDone = true;
      work();
    }
  } catch {
    // A killed worker cuts its connection.
  }
  return events;
}

/** The whole text, for a browser that has these events and comes back for the rest as often as it must. */
async function resumed(place: ContractPlace, turn: string, begun: readonly ReadEvent[]): Promise<string> {
  const opened: Opened = openedBy(begun);
  const events = [...begun];
  for (let tries = 0; tries < 30; tries++) {
    const headers = { "last-event-id": String(events.at(-1)?.id ?? 0) };
    const response = await place.within(opened, "GET", `/turns/${turn}`, { headers });
    if (response.status === 200) events.push(...(await readEvents(response)));
    const last = events.at(-1);
    if (last?.event === "problem") throw new Error(JSON.stringify(last));
    if (last?.event === "done") return answerOf(events);
    await sleep(1000);
  }
  throw new Error("It never ended.");
}
