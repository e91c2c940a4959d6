/** Tests of messages to the owner, and of what the webhook receives. */
import { describe, expect, it, vi } from "vitest";
import { createFakeProxy } from "../testing/fake-proxy.ts";
import { citation } from "../testing/fake-upstream.ts";
import { settled } from "../testing/manual-time.ts";
import { readRefusal } from "../testing/read-events.ts";

const address = "https://hooks.example.com/secret-path";

type Send = (address: string, init: RequestInit) => Promise<Response>;

async function writing({
  send = () => Promise.resolve(new Response(null, { status: 200 })),
  webhook = address,
}: { send?: Send; webhook?: string | null } = {}) {
  const post = vi.fn<Send>(send);
  const proxy = createFakeProxy({ contactWebhook: webhook }, undefined, undefined, undefined, post);
  const { conversation, visitor, events } = await proxy.conversation();
  const done = events.at(-1);
  const message = done?.event === "done" ? (done.data.message ?? "") : "";
  proxy.upstream.stored = [
    {
      id: 101,
      prompt: "When do you open?",
      answer: "At seven.",
      citations: [citation],
      reaction: "neutral",
    },
  ];
  const path = `/v1/conversations/${conversation}`;
  const write = (body: object) => proxy.call("POST", `${path}/contact`, { token: visitor, body });
  const rate = (body: object) =>
    proxy.call("PUT", `${path}/messages/${message}/feedback`, { token: visitor, body });
  const posted = () =>
    post.mock.calls.map(([, { body }]): unknown => typeof body === "string" && JSON.parse(body));
  return { proxy, post, path, visitor, write, rate, posted };
}

const words = { message: "Please call me back.", attach: false };

describe("a message to the owner", () => {
  it("goes to the webhook as JSON, once, and is not followed anywhere else", async () => {
    const { write, post, posted } = await writing();
    const response = await write({ ...words, email: "ada@example.com" });
    expect(response.status).toBe(204);
    expect(posted()).toEqual([
      {
        kind: "contact",
        agent: "default",
        site: "https://shop.example.com",
        message: "Please call me back.",
        email: "ada@example.com",
      },
    ]);
    expect(post.mock.calls[0]?.[0]).toBe(address);
    expect(post.mock.calls[0]?.[1]).toMatchObject({ method: "POST", redirect: "manual" });
  });

  it("takes the conversation along only when the visitor wants that, as the service has it", async () => {
    const { write, posted, proxy } = await writing();
    await write(words);
    expect(proxy.upstream.calls.filter((call) => call.startsWith("messages"))).toEqual([]);
    await write({ ...words, attach: true, transcript: [{ question: "made up", answer: "made up" }] });
    expect(posted()[1]).toMatchObject({
      transcript: [
        {
          question: "When do you open?",
          answer: "At seven.",
          sources: [{ title: citation.title, url: citation.url }],
        },
      ],
    });
    expect(JSON.stringify(posted())).not.toMatch(/made up|"id"|8000-/);
  });

  it("can be sent by somebody who has no conversation", async () => {
    const { proxy, posted } = await writing();
    const response = await proxy.call("POST", "/v1/agents/default/contact", { body: words });
    expect(response.status).toBe(204);
    expect(posted()).toMatchObject([{ kind: "contact", agent: "default", message: words.message }]);
    const unknown = await proxy.call("POST", "/v1/agents/other/contact", { body: words });
    expect(unknown.status).toBe(404);
  });

  it.each<[string, Send]>([
    ["refuses", () => Promise.resolve(new Response("no", { status: 500 }))],
    ["sends elsewhere", () => Promise.resolve(Response.redirect("https://elsewhere.example/", 307))],
    ["is away", () => Promise.reject(new TypeError("fetch failed: secret-path"))],
  ])("that a webhook which %s did not take is a problem, and is not sent again", async (_, send) => {
    const { write, post, proxy } = await writing({ send });
    expect(await readRefusal(await write(words))).toEqual({ status: 502, code: "upstream-down" });
    expect(post).toHaveBeenCalledOnce();
    expect(JSON.stringify(proxy.logged)).not.toMatch(/secret-path|call me/);
    expect(JSON.stringify(proxy.logged)).toContain("CONTACT_WEBHOOK did not take a message");
  });

  it("that a webhook leaves without an answer is given up after ten seconds", async () => {
    const { write, proxy } = await writing({
      send: (_, { signal }) =>
        new Promise((__, reject) => {
          signal?.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    });
    const response = write(words);
    for (let turns = 0; turns < 20; turns++) await settled();
    await proxy.time.pass(10_000);
    expect((await response).status).toBe(502);
  });

  it.each<[string, object, number]>([
    ["no message", { attach: false }, 400],
    ["a blank message", { message: " \n", attach: false }, 400],
    ["a message of another type", { message: ["x"], attach: false }, 400],
    ["no word on the conversation", { message: "Hello." }, 400],
    ["an address that is none", { ...words, email: "ada" }, 400],
    ["an address with a second header in it", { ...words, email: "ada@example.com\r\nBcc: x@y.z" }, 400],
    ["two addresses", { ...words, email: "ada@example.com,bob@example.com" }, 400],
    ["too many words", { ...words, message: "x".repeat(4_001) }, 413],
  ])("with %s is refused, and nothing is sent", async (_, body, status) => {
    const { write, post } = await writing();
    expect((await write(body)).status).toBe(status);
    expect(post).not.toHaveBeenCalled();
  });

  it("is offered in the profile, without the address, only where there is a webhook", async () => {
    const { proxy, path, visitor } = await writing({ webhook: null });
    const profile = async (of: typeof proxy) => (await of.call("GET", "/v1/agents/default")).text();
    expect(JSON.parse(await profile(proxy))).toMatchObject({ contact: false });
    expect((await proxy.call("POST", `${path}/contact`, { token: visitor, body: words })).status).toBe(404);
    const other = await profile((await writing()).proxy);
    expect(JSON.parse(other)).toMatchObject({ contact: true });
    expect(other).not.toContain("hooks.example.com");
  });
});

describe("the reason for a rating", () => {
  it("goes to the webhook with its turn, and the rating to the service", async () => {
    const { rate, posted, proxy } = await writing();
    const response = await rate({ reaction: "disliked", reason: "incomplete", words: "And on Sunday?" });
    expect(response.status).toBe(204);
    expect(proxy.upstream.calls.at(-2)).toMatch(/^react .* disliked$/);
    expect(posted()).toEqual([
      {
        kind: "feedback",
        agent: "default",
        site: "https://shop.example.com",
        reaction: "disliked",
        reason: "incomplete",
        words: "And on Sunday?",
        question: "When do you open?",
        answer: "At seven.",
        sources: [{ title: citation.title, url: citation.url }],
      },
    ]);
  });

  it("goes nowhere without a webhook, and a rating without a reason goes to the service alone", async () => {
    const { rate, post } = await writing({ webhook: null });
    expect((await rate({ reaction: "disliked", reason: "unclear" })).status).toBe(204);
    expect(post).not.toHaveBeenCalled();
    const withHook = await writing();
    await withHook.rate({ reaction: "disliked" });
    expect(withHook.post).not.toHaveBeenCalled();
  });

  it.each([{ reason: "rude" }, { words: 7 }, { words: "" }])("that is %j is refused", async (reason) => {
    const { rate, post } = await writing();
    expect((await rate({ reaction: "disliked", ...reason })).status).toBe(400);
    expect(post).not.toHaveBeenCalled();
  });
});
