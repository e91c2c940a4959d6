/** Tests of what the service sees of visitors and their browsers, and what the log contains of both. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aboutHours, key, openBakery, persona, type Bakery } from "./testing/bakery.ts";
import { openedBy } from "./testing/exchange.ts";
import { answerOf, eventsOf, readEvents, type ReadEvent } from "./testing/read-events.ts";

let bakery: Bakery;
let whole: string;

beforeAll(async () => {
  bakery = await openBakery();
  whole = (await bakery.ask(aboutHours)).text;
});
afterAll(() => bakery.close());
beforeEach(() => {
  bakery.standin.faults.allOff();
  bakery.standin.seen.clear();
});

describe("upstream", () => {
  it("sees that a visitor stopped, at once", async () => {
    bakery.standin.faults.on("slow");
    const turn = "3f0b9a52-8a53-4a53-9f7e-0d3d29fb2f7a";
    const events: string[] = [];
    let stopped = 0;
    for await (const event of eventsOf(await bakery.start(aboutHours, turn))) {
      events.push(event.event);
      if (event.event !== "conversation") continue;
      stopped = performance.now();
      expect((await bakery.within(event.data, "DELETE", `/turns/${turn}`)).status).toBe(204);
    }
    expect(events.at(-1)).toBe("done");
    while (bakery.standin.seen.streams.left === 0 && performance.now() - stopped < 2000) await pause(5);
    expect(bakery.standin.seen.streams.left).toBe(1);
    expect(performance.now() - stopped).toBeLessThan(2000);
  });

  it("does not see that a visitor's connection was lost, and the rest is there after a reconnect", async () => {
    bakery.standin.faults.on("slow", { times: 1 });
    const leaving = new AbortController();
    const turn = randomUUID();
    const response = await bakery.start(aboutHours, turn, {}, leaving.signal);
    const seen: ReadEvent[] = [];
    for await (const event of eventsOf(response)) {
      seen.push(event);
      if (event.event === "delta") break;
    }
    leaving.abort();
    const opened = openedBy(seen);
    const resumed = await bakery.within(opened, "GET", `/turns/${turn}`, {
      headers: { "last-event-id": String(seen.at(-1)?.id) },
    });
    const rest = await readEvents(resumed);
    expect(answerOf([...seen, ...rest])).toBe(whole);
    expect(rest[0]?.id).toBe((seen.at(-1)?.id ?? 0) + 1);
    expect(bakery.standin.seen.streams).toEqual({ opened: 1, ended: 1, left: 0 });
  }, 15_000);

  it("gets our headers and none of the browser's", async () => {
    await readEvents(
      await bakery.start(aboutHours, undefined, {
        authorization: "Bearer stolen",
        cookie: "session=1",
        "x-api-key": "mine",
        "x-forwarded-for": "10.0.0.1",
        "x-original-url": "/admin",
        referer: "https://somewhere.test/private",
        "user-agent": "A very special browser",
      }),
    );
    const sent = bakery.standin.seen.requests.map(({ headers }) => headers);
    expect(sent.length).toBeGreaterThan(1);
    for (const headers of sent) {
      expect(headers["authorization"]).toBe(`Bearer ${key}`);
      expect(JSON.stringify(headers)).not.toMatch(
        /stolen|session=1|mine|10\.0\.0\.1|admin|somewhere|special/,
      );
    }
  });

  it("sees one project only, for any request", async () => {
    await bakery.send("POST", "/v1/agents/8/conversations?project=8", {
      body: { prompt: "a", turn: randomUUID() },
    });
    await bakery.send("GET", "//other.test/v1/agents/default");
    await bakery.send("GET", "/v1/agents/..%2f..%2fprojects%2f8");
    expect(bakery.standin.seen.requests).toEqual([]);
  });
});

it("nothing private is in the log after all this", () => {
  const text = bakery.logged.join("\n");
  expect(bakery.logged.length).toBeGreaterThan(5);
  for (const word of [
    key,
    persona,
    aboutHours,
    "Bearer",
    "stolen",
    "10.0.0.1",
    "127.0.0.1",
    whole.slice(0, 20),
  ])
    expect(text).not.toContain(word);
});
