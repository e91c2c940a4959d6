/** Attacks by following one answer: many clients that wait for it, join it and resume it, without a question. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Opened } from "../testing/exchange.ts";
import { openedBy } from "../testing/exchange.ts";
import { readEvents } from "../testing/read-events.ts";
import { stream } from "./testing/hostile-upstream.ts";
import { siegesOfEachTest, until, type Siege } from "./testing/siege.ts";

const { besiege } = siegesOfEachTest();

const times = <Result>(count: number, make: (index: number) => Result) =>
  Array.from({ length: count }, (_, index) => make(index));

type Headers = Record<string, string>;

/** A visitor's ways to follow a turn of theirs. */
async function visitorOf(siege: Siege, headers: Headers = {}) {
  const place: Opened = openedBy(await readEvents(await siege.begin("When do you open?", headers)));
  const path = `/v1/conversations/${place.conversation}`;
  const turn = randomUUID();
  const post = (prompt: string, accept: string, more: Headers = headers, signal?: AbortSignal) =>
    siege.send("POST", `${path}/messages`, {
      body: { prompt, turn },
      token: place.visitor,
      headers: { accept, ...more },
      ...(signal ? { signal } : {}),
    });
  return {
    asStream: (prompt = "And then?", more?: Headers) => post(prompt, "text/event-stream", more),
    asWhole: (signal?: AbortSignal) => post("And then?", "application/json", headers, signal),
    resume: (method = "GET", more = headers) =>
      siege.send(method, `${path}/turns/${turn}`, { token: place.visitor, headers: more }),
    askAnew: () =>
      siege.send("POST", `${path}/messages`, {
        body: { prompt: "Something else?", turn: randomUUID() },
        token: place.visitor,
        headers,
      }),
  };
}

/** From now on answers begin, and go on when the returned function is called. */
function holdAnswers(siege: Siege): (pieces: readonly string[]) => void {
  const held: ServerResponse[] = [];
  siege.upstream.answerQuestions((response) => {
    stream(response, ["At "], false);
    held.push(response);
  });
  return (pieces) => {
    for (const response of held) {
      for (const message of pieces)
        response.write(`data: ${JSON.stringify({ status: "progress", message })}\n\n`);
      response.end(`data: ${JSON.stringify({ status: "finish", id: 5, citations: [] })}\n\n`);
    }
  };
}

describe("a crowd that wants one answer as one object", { timeout: 30_000 }, () => {
  const patient = { UPSTREAM_IDLE_SECONDS: "60" };

  it("56: is under the cap of a turn's readers, and who is let in is told the same", async () => {
    const siege = await besiege(patient);
    const visitor = await visitorOf(siege);
    const goOn = holdAnswers(siege);
    let refused = 0;
    const crowd = times(30, async () => {
      const response = await visitor.asWhole();
      if (response.status === 429) refused++;
      return response;
    });
    await until(() => refused === 20, 20_000);
    expect((await visitor.resume()).status).toBe(429);
    goOn(["seven."]);
    const responses = await Promise.all(crowd);
    const told = responses.filter(({ status }) => status === 200);
    expect(told).toHaveLength(10);
    const bodies = await Promise.all(told.map((response) => response.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ answer: "At seven.", citations: [] });
    for (const { status, headers } of responses)
      expect(headers.get("retry-after")).toBe(status === 429 ? "2" : null);
    expect(siege.upstream.asked()).toHaveLength(2);
  });

  it("56: makes room when it leaves, long before the answer is there", async () => {
    const siege = await besiege(patient);
    const visitor = await visitorOf(siege);
    holdAnswers(siege);
    const leaving = new AbortController();
    const crowd = times(10, () => visitor.asWhole(leaving.signal).catch(() => null));
    await expect.poll(async () => (await visitor.resume()).status, { timeout: 20_000 }).toBe(429);
    leaving.abort();
    await Promise.all(crowd);
    await expect.poll(async () => (await visitor.resume("GET")).status, { timeout: 20_000 }).toBe(200);
  });
});

describe("57: following an answer again and again", { timeout: 30_000 }, () => {
  it.each<[string, (visitor: Awaited<ReturnType<typeof visitorOf>>) => Promise<Response>]>([
    ["the whole of it", (visitor) => visitor.asWhole()],
    ["its stream", (visitor) => visitor.asStream()],
    ["the rest of it", (visitor) => visitor.resume()],
    ["only whether it is there", (visitor) => visitor.resume("HEAD")],
    ["it under another question", (visitor) => visitor.asStream("What else?")],
  ])("to want %s is counted", async (_, follow) => {
    const siege = await besiege({ FOLLOW_LIMIT: "3/minute" });
    const visitor = await visitorOf(siege);
    await (await visitor.asStream()).text();
    const responses: Response[] = [];
    for (let time = 0; time < 5; time++) responses.push(await follow(visitor));
    expect(responses.map(({ status }) => status === 429)).toEqual([false, false, false, true, true]);
    expect(responses[4]?.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    // Whoever follows too often may ask all the same.
    expect((await visitor.askAnew()).status).toBe(200);
  });

  it("is counted by visitor, and by address five times as generously", async () => {
    const siege = await besiege({ FOLLOW_LIMIT: "2/minute", TRUST_PROXY: "1" });
    const home = { "x-forwarded-for": "9.9.9.9" };
    const statuses: number[][] = [];
    for (let number = 0; number < 6; number++) {
      const visitor = await visitorOf(siege, home);
      await (await visitor.asStream()).text();
      const one = await visitor.resume();
      const two = await visitor.resume();
      const three = await visitor.resume();
      statuses.push([one, two, three].map(({ status }) => status));
    }
    expect(statuses.slice(0, 5)).toEqual(times(5, () => [200, 200, 429]));
    expect(statuses[5]).toEqual([429, 429, 429]);
    const elsewhere = await visitorOf(siege, { "x-forwarded-for": "8.8.8.8" });
    await (await elsewhere.asStream()).text();
    expect((await elsewhere.resume()).status).toBe(200);
  });
});
