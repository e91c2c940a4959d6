/** Scenarios that every CustomGPT.ai service must pass: the stand-in always, the real one when a key is set. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { messageOf, openedBy, type Exchange } from "./exchange.ts";
import { answerOf, eventsOf, readEvents, readRefusal, toldBy, type ReadEvent } from "./read-events.ts";

export type Scenario = {
  name: string;
  /** `question` is one that the agent can answer. */
  run: (proxy: Exchange, question: string) => Promise<void>;
};

export const scenarios: readonly Scenario[] = [
  {
    name: "the agent shows its profile",
    async run(proxy) {
      const response = await proxy.send("GET", "/v1/agents/default");
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        agent: "default",
        title: expect.stringMatching(/./),
        starters: expect.any(Array),
        texts: expect.any(Object),
      });
    },
  },
  {
    name: "a first question is answered in pieces, and the answer can be rated and found in the transcript",
    async run(proxy, question) {
      const answer = await proxy.ask(question);
      expect(answer.text.trim()).not.toBe("");
      const message = messageOf(answer.events);
      const rate = (reaction: string) =>
        proxy.within(answer, "PUT", `/messages/${message}/feedback`, { body: { reaction } });
      expect((await rate("liked")).status).toBe(204);
      const transcript: unknown = await (await proxy.within(answer, "GET", "/messages")).json();
      expect(transcript).toMatchObject({
        conversation: answer.conversation,
        messages: [{ message, prompt: question, reaction: "liked" }],
      });
      expect((await rate("neutral")).status).toBe(204);
    },
  },
  {
    name: "a follow-up stays in its conversation, and the transcript tells both, oldest first",
    async run(proxy, question) {
      const first = await proxy.ask(question);
      const second = await readEvents(await proxy.follow(first, `${question} Please say it again.`));
      expect(second[0]?.event).not.toBe("conversation");
      const ids = [messageOf(first.events), messageOf(second)];
      const transcript: unknown = await (await proxy.within(first, "GET", "/messages")).json();
      expect(transcript).toMatchObject({ messages: ids.map((message) => ({ message })) });
    },
  },
  {
    name: "an answer comes in one piece for clients that cannot stream",
    async run(proxy, question) {
      const response = await proxy.start(question, randomUUID(), { accept: "application/json" });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        answer: expect.stringMatching(/\S/),
        message: expect.any(String),
        visitor: expect.any(String),
      });
    },
  },
  {
    name: "a turn sent twice at once is asked once",
    async run(proxy, question) {
      const turn = randomUUID();
      const both = [proxy.start(question, turn), proxy.start(question, turn)];
      const [one, other] = await Promise.all(both.map(async (response) => readEvents(await response)));
      expect(toldBy(other ?? [])).toEqual(toldBy(one ?? []));
      const transcript: unknown = await (await proxy.within(openedBy(one ?? []), "GET", "/messages")).json();
      expect(transcript).toMatchObject({ messages: [{ prompt: question }] });
    },
  },
  {
    name: "a connection that is lost in the middle costs nothing of the answer",
    async run(proxy, question) {
      const turn = randomUUID();
      const seen: ReadEvent[] = [];
      for await (const event of eventsOf(await proxy.start(question, turn))) {
        seen.push(event);
        if (event.event === "delta") break;
      }
      const opened = openedBy(seen);
      const rest = await readEvents(
        await proxy.within(opened, "GET", `/turns/${turn}?after=${seen.at(-1)?.id}`),
      );
      const all = await readEvents(await proxy.within(opened, "GET", `/turns/${turn}`));
      expect(toldBy([...seen, ...rest])).toEqual(toldBy(all));
      expect(answerOf(all)).toMatch(/\S/);
      messageOf(all);
    },
  },
  {
    name: "an answer can be stopped, and the conversation goes on",
    async run(proxy, question) {
      const turn = randomUUID();
      const events: ReadEvent[] = [];
      for await (const event of eventsOf(await proxy.start(question, turn))) {
        events.push(event);
        if (event.event === "conversation")
          expect((await proxy.within(event.data, "DELETE", `/turns/${turn}`)).status).toBe(204);
      }
      expect(events.at(-1)?.event).toBe("done");
      messageOf(await readEvents(await proxy.follow(openedBy(events), question)));
    },
  },
  {
    name: "a forgotten conversation is gone",
    async run(proxy, question) {
      const answer = await proxy.ask(question);
      expect((await proxy.within(answer, "DELETE", "")).status).toBe(204);
      expect((await readRefusal(await proxy.within(answer, "GET", "/messages"))).code).toBe("not-found");
      expect((await readRefusal(await proxy.follow(answer, question))).code).toBe("not-found");
    },
  },
];
