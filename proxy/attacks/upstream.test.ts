/** Attacks through upstream: redirects, refusals, silence, and visitors who disconnect. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openedBy } from "../testing/exchange.ts";
import { answerOf, eventsOf, readEvents, readRefusal } from "../testing/read-events.ts";
import { json, stream } from "./testing/hostile-upstream.ts";
import { openSiege, until, type Siege } from "./testing/siege.ts";
import { key } from "./testing/siege-secrets.ts";

let siege: Siege;
// A new one each time: failures open the circuit, and a wait that upstream asked for is kept.
beforeEach(async () => {
  siege = await openSiege();
});
afterEach(() => siege.close());

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("19: by %i is neither followed nor passed on", async (status) => {
    const visits: string[] = [];
    const trap = createServer((request, response) => {
      visits.push(JSON.stringify(request.headers));
      response.end("{}");
    });
    await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
    const address = trap.address();
    const port = typeof address === "object" ? address?.port : 0;
    siege.upstream.answerAll((response) =>
      json(response, status, "", { location: `http://127.0.0.1:${port}/api/v1/projects/7` }),
    );
    for (const response of [await siege.begin(), await siege.send("GET", "/v1/agents/default")]) {
      expect(response.status).toBe(502);
      expect(response.headers.get("location")).toBeNull();
    }
    expect(visits).toEqual([]);
    trap.close();
  });
});

describe("a refusal of upstream's", () => {
  it("20: 429 is passed on with the same Retry-After and not retried", async () => {
    siege.upstream.answerQuestions((response) => json(response, 429, {}, { "retry-after": "2" }));
    const response = await siege.begin();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await readRefusal(response)).toMatchObject({ code: "upstream-busy", retryAfter: 2 });
    expect(siege.upstream.asked()).toHaveLength(1);
  });

  it("20: 429 that names no wait gets none from us", async () => {
    siege.upstream.answerQuestions((response) => json(response, 429, { message: "Too Many Attempts." }));
    const response = await siege.begin();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBeNull();
    expect(siege.upstream.asked()).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])("21: %i for a question is one call, never two", async (status) => {
    siege.upstream.answerQuestions((response) => json(response, status, "<html>down</html>"));
    const response = await siege.begin();
    expect(response.status).toBe(502);
    expect((await readRefusal(response)).code).toBe("upstream-down");
    expect(siege.upstream.asked()).toHaveLength(1);
  });

  it("21: a connection cut before the answer's head is one call, never two", async () => {
    siege.upstream.answerQuestions((response) => response.destroy());
    const response = await siege.begin();
    expect((await readEvents(response)).at(-1)?.event).toBe("problem");
    expect(siege.upstream.asked()).toHaveLength(1);
  }, 20_000);

  it.each([401, 403])(
    "22: %i is the owner's trouble, told as 502 and alarmed, never the visitor's",
    async (status) => {
      siege.upstream.answerAll((response) => json(response, status, { message: "Unauthenticated." }));
      const response = await siege.begin();
      expect(response.status).toBe(502);
      expect((await readRefusal(response)).code).toBe("agent-unavailable");
      expect(siege.logged.join("\n")).toMatch(/"problem":"agent-unavailable"/);
      expect(siege.logged.join("\n")).toMatch(/"mend":/);
      expect(siege.logged.join("\n")).not.toContain(key.slice(0, 12));
    },
  );
});

describe("a visitor who leaves", () => {
  it("23: does not end the upstream call, because it is billed either way; a stop ends it within 250 ms", async () => {
    siege.upstream.answerQuestions((response) => stream(response, ["At "], false));
    const turn = randomUUID();
    const leaving = new AbortController();
    const response = await siege.start("When?", turn, {}, leaving.signal);
    const seen = [];
    for await (const event of eventsOf(response)) {
      seen.push(event);
      if (event.event === "delta") break;
    }
    leaving.abort();
    await pause(250);
    const [asked] = siege.upstream.asked();
    expect(asked?.overAt).toBeUndefined();
    const stopped = performance.now();
    expect((await siege.within(openedBy(seen), "DELETE", `/turns/${turn}`)).status).toBe(204);
    await until(() => asked?.overAt !== undefined);
    expect((asked?.overAt ?? Infinity) - stopped).toBeLessThan(250);
    expect(asked?.left).toBe(true);
  });

  it("24: a stop ends the call within 250 ms before upstream's headers too", async () => {
    siege.upstream.answerQuestions(() => {});
    const turn = randomUUID();
    for await (const event of eventsOf(await siege.start("When?", turn))) {
      if (event.event !== "conversation") continue;
      const [asked] = siege.upstream.asked();
      expect(asked).toBeDefined();
      const stopped = performance.now();
      expect((await siege.within(event.data, "DELETE", `/turns/${turn}`)).status).toBe(204);
      await until(() => asked?.overAt !== undefined);
      expect((asked?.overAt ?? Infinity) - stopped).toBeLessThan(250);
    }
  });

  it("24: a turn without readers ends by itself, in time", async () => {
    siege.upstream.answerQuestions(() => {});
    const leaving = new AbortController();
    const response = await siege.start("When?", randomUUID(), {}, leaving.signal);
    leaving.abort();
    expect(response.status).toBe(200);
    const [asked] = siege.upstream.asked();
    await until(() => asked?.overAt !== undefined, 3000);
    expect(asked?.left).toBe(true);
  });
});

describe("an upstream that is silent", () => {
  it("35: from the start is refused within the time-out", async () => {
    siege.upstream.answerAll(() => {});
    const began = performance.now();
    const response = await siege.begin();
    expect(response.status).toBe(502);
    expect((await readRefusal(response)).code).toBe("upstream-down");
    expect(performance.now() - began).toBeLessThan(3000);
    await until(() => siege.upstream.heard.every(({ overAt }) => overAt !== undefined));
  });

  it("35: in the middle ends the stream with a problem, and what came before is kept", async () => {
    siege.upstream.answerQuestions((response) => stream(response, ["At ", "sev"], false));
    const events = await readEvents(await siege.begin());
    expect(answerOf(events)).toBe("At sev");
    expect(events.at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
  }, 20_000);

  it("35: but for a byte now and then is ended when the whole takes too long", async () => {
    const short = await openSiege({ UPSTREAM_TOTAL_SECONDS: "1" });
    short.upstream.answerQuestions((response) => {
      stream(response, ["At "], false);
      const drip = setInterval(() => response.write(": \n\n"), 100);
      response.once("close", () => clearInterval(drip));
    });
    const began = performance.now();
    const events = await readEvents(await short.begin());
    expect(events.at(-1)?.event).toBe("problem");
    expect(performance.now() - began).toBeLessThan(9000);
    await short.close();
  }, 20_000);

  it("47: except for an endless answer is cut at a quarter of a million characters", async () => {
    let written = 0;
    const patient = await openSiege({ UPSTREAM_IDLE_SECONDS: "30" });
    patient.upstream.answerQuestions((response) => {
      stream(response, [], false);
      const piece = `data: ${JSON.stringify({ status: "progress", message: "x".repeat(50_000) })}\n\n`;
      const more = setInterval(() => (written += response.write(piece) ? piece.length : 0), 1);
      response.once("close", () => clearInterval(more));
    });
    const events = await readEvents(await patient.begin());
    expect(events.at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
    const { length } = answerOf(events);
    expect(length).toBeLessThanOrEqual(128_000);
    expect(length).toBeGreaterThan(64_000);
    await until(() => patient.upstream.asked()[0]?.overAt !== undefined);
    expect(written).toBeLessThan(20_000_000);
    await patient.close();
  }, 20_000);
});
