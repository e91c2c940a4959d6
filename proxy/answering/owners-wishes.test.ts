/** Tests of what an owner sets for answers: it reaches the service for the right agent, and no browser has a say in it. */
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import * as v from "valibot";
import { aboutHours, openBakery, type Bakery } from "../testing/bakery.ts";
import { readEvents } from "../testing/read-events.ts";

let bakery: Bakery | null = null;
afterEach(async () => {
  await bakery?.close();
  bakery = null;
});

const sentBody = v.looseObject({ prompt: v.string() });

/** What the service was sent with the question, for the agent of this alias. */
async function sentFor(alias: string, settings: Record<string, string>, more: object = {}) {
  const project = 1243;
  bakery = await openBakery({ AGENTS: `shop=${project}`, ...settings });
  const response = await fetch(`${bakery.url}/v1/agents/${alias}/conversations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt: aboutHours, turn: randomUUID(), ...more }),
  });
  expect((await readEvents(response)).at(-1)?.event).toBe("done");
  const asked = bakery.standin.seen.requests.find(({ path }) => path.endsWith("/messages"));
  return v.parse(sentBody, JSON.parse(asked?.body ?? ""));
}

const perAgent = {
  RESPONSE_SOURCE: "own_content,shop=openai_content",
  AGENT_CAPABILITY: "shop=fastest-responses",
};

describe("the service is told", () => {
  it("nothing of its own settings while the owner says nothing", async () => {
    const sent = await sentFor("default", {});
    expect(sent["response_source"]).toBe("default");
    expect(sent).not.toHaveProperty("agent_capability");
  });

  it("what holds for all agents, and what holds for one", async () => {
    const sent = await sentFor("shop", perAgent);
    expect(sent).toMatchObject({ response_source: "openai_content", agent_capability: "fastest-responses" });
  });

  it("for each other agent only what holds for all", async () => {
    const sent = await sentFor("default", perAgent);
    expect(sent["response_source"]).toBe("own_content");
    expect(sent).not.toHaveProperty("agent_capability");
  });

  it("nothing that a browser says of it", async () => {
    const wishes = {
      response_source: "openai_content",
      agent_capability: "complex-tasks",
      responseSource: "x",
    };
    const sent = await sentFor("default", {}, wishes);
    expect(sent["response_source"]).toBe("default");
    expect(sent).not.toHaveProperty("agent_capability");
  });
});
