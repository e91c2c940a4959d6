/** Scenes of the protocol itself (joining, resuming, stopping, deleting, refusing), for the proxy and the relay alike. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aboutHours } from "./bakery.ts";
import type { ContractOptions, ContractPlace } from "./contract-scenes.ts";
import { messageOf, type Answer } from "./exchange.ts";
import { answerOf, eventsOf, readEvents, readRefusal, toldBy, type ReadEvent } from "./read-events.ts";

const startPath = "/v1/agents/default/conversations";
const json = { accept: "application/json" };
const codeOf = async (response: Response) => (await readRefusal(response)).code;

export function playProtocol({ open }: Pick<ContractOptions, "open">): void {
  let place: ContractPlace;
  let answer: Answer;
  const sent = () => place.standin.seen.count("send");

  beforeAll(async () => {
    place = await open();
    answer = await place.ask(aboutHours);
  });
  afterAll(() => place.close());

  describe("a question sent again", () => {
    it("is one question to the service, and the same answer", async () => {
      const before = sent();
      const turn = randomUUID();
      const [one, other] = await Promise.all([place.start(aboutHours, turn), place.start(aboutHours, turn)]);
      const told = [await readEvents(one), await readEvents(other)].map(toldBy);
      expect(told[0]).toEqual(told[1]);
      expect(toldBy(await readEvents(await place.start(aboutHours, turn)))).toEqual(told[0]);
      expect(sent()).toBe(before + 1);
    });

    it("is told to nobody who has neither its token nor its secret", async () => {
      const body = { prompt: aboutHours, turn: answer.turn };
      for (const headers of [{}, { "turn-secret": randomUUID() }])
        expect(await codeOf(await place.send("POST", startPath, { body, headers }))).toBe("not-allowed");
      const repeated = await readEvents(await place.send("POST", startPath, { body, token: answer.visitor }));
      expect(toldBy(repeated)).toEqual(toldBy(answer.events));
    });

    it("with other words is a mistake", async () => {
      expect(await codeOf(await place.start("Something else?", answer.turn))).toBe("bad-request");
    });
  });

  describe("a conversation", () => {
    it("goes on with its visitor's token only", async () => {
      const { conversation, visitor } = answer;
      const body = { prompt: "Which kinds of bread?", turn: randomUUID() };
      const path = `/v1/conversations/${conversation}/messages`;
      const stranger = await place.ask(aboutHours);
      for (const given of [{}, { token: stranger.visitor }, { token: `${visitor}x` }])
        expect(await codeOf(await place.send("POST", path, { body, ...given }))).toBe("not-allowed");
      expect(await codeOf(await place.follow({ conversation: `${conversation}x`, visitor }, "Hm?"))).toBe(
        "not-found",
      );
      const further = await readEvents(await place.follow(answer, "Which kinds of bread?"));
      expect(answerOf(further)).toContain("rye");
      expect(further[0]?.event).toBe("delta");
    });

    it("is resumed from the last event that a browser has, and always told its end", async () => {
      const { turn, events } = answer;
      const last = events.at(-1)?.id ?? 0;
      const resume = async (after: number) => {
        const headers = { "last-event-id": String(after) };
        return readEvents(await place.within(answer, "GET", `/turns/${turn}`, { headers }));
      };
      expect(toldBy(await resume(0))).toEqual(toldBy(events));
      const [, ...rest] = events;
      expect(toldBy(await resume(1))).toEqual(toldBy(rest));
      for (const after of [last - 1, last, last + 7]) expect(await resume(after)).toEqual(events.slice(-1));
      expect(await codeOf(await place.within(answer, "GET", `/turns/${randomUUID()}`))).toBe("not-found");
    });

    it("is told whole to a client that asks for JSON", async () => {
      const response = await place.start(aboutHours, randomUUID(), json);
      expect(response.headers.get("content-type")).toContain("application/json");
      expect(await response.json()).toMatchObject({ answer: answer.text, message: expect.any(String) });
    });

    it("can be read, rated and deleted, and is gone then", async () => {
      const other = await place.ask(aboutHours);
      const message = messageOf(other.events);
      const rated = await place.within(other, "PUT", `/messages/${message}/feedback`, {
        body: { reaction: "liked" },
      });
      expect(rated.status).toBe(204);
      const transcript: unknown = await (await place.within(other, "GET", "/messages")).json();
      expect(transcript).toMatchObject({
        conversation: other.conversation,
        messages: [{ prompt: aboutHours, answer: other.text, reaction: "liked" }],
      });
      expect((await place.within(other, "DELETE", "")).status).toBe(204);
      expect((await place.within(other, "DELETE", "")).status).toBe(204);
      expect(await codeOf(await place.within(other, "GET", "/messages"))).toBe("not-found");
      expect(await codeOf(await place.follow(other, "And now?"))).toBe("not-found");
      expect(place.standin.seen.count("delete-conversation")).toBeGreaterThan(0);
    });
  });

  describe("a stop", () => {
    it("ends the answer and the service's stream", async () => {
      const slow = await open({ pace: { firstMs: 100, everyMs: 300 } });
      const turn = randomUUID();
      const events: ReadEvent[] = [];
      for await (const event of eventsOf(await slow.start(aboutHours, turn))) {
        events.push(event);
        if (event.event !== "conversation") continue;
        expect((await slow.within(event.data, "DELETE", `/turns/${turn}`)).status).toBe(204);
      }
      expect(events.at(-1)).toMatchObject({ event: "done", data: { message: null, stopped: true } });
      await expect.poll(() => slow.standin.seen.streams.left, { timeout: 10_000 }).toBe(1);
      await slow.close();
    });
  });

  describe("what is not of the protocol", () => {
    it("is refused in its shape", async () => {
      expect(await codeOf(await place.send("GET", "/v1/agents/other"))).toBe("not-found");
      expect(await codeOf(await place.send("GET", "/v1/nothing"))).toBe("not-found");
      const wrong = await place.send("PUT", "/v1/agents/default");
      expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
      expect(await codeOf(wrong)).toBe("bad-request");
    });

    it.each([
      ["no JSON", "{"],
      ["a list", "[]"],
      ["no turn", { prompt: "Hm?" }],
      ["no words", { prompt: "  ", turn: randomUUID() }],
      ["an odd turn", { prompt: "Hm?", turn: "1" }],
      ["an odd language", { prompt: "Hm?", turn: randomUUID(), language: "../x" }],
    ])("as a body, such as %s", async (_, body) => {
      const response = await place.send("POST", startPath, { body });
      expect(await codeOf(response)).toBe("bad-request");
    });

    it("as a form of a foreign site", async () => {
      const headers = { "content-type": "text/plain" };
      const body = { prompt: "Hm?", turn: randomUUID() };
      const response = await fetch(place.address + startPath, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      expect(await codeOf(response)).toBe("bad-request");
      expect(await codeOf(await place.start("x".repeat(4001)))).toBe("too-long");
    });

    it("comes from pages of other sites", async () => {
      for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }])
        expect(await codeOf(await place.start(aboutHours, randomUUID(), headers))).toBe("not-allowed");
      const { origin } = new URL(place.address);
      const preflight = await fetch(place.address + startPath, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "X-Trace",
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
      expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
      expect(preflight.headers.get("access-control-allow-headers")).toContain("x-trace");
      const own = await place.start(aboutHours, randomUUID(), { origin });
      expect(own.headers.get("access-control-allow-origin")).toBe(origin);
      expect(own.headers.get("access-control-expose-headers")).toContain("visitor-token");
      await readEvents(own);
    });
  });
}
