import { describe, expect, it, vi } from "vitest";
import type { ConversationStore, StoredConversation } from "../../conversation/environment.ts";
import { createContactClient } from "./contact-client.lazy.ts";

const turn = {
  id: "t1",
  question: "What?",
  answer: "This.",
  citations: [],
  message: "m 1",
  reaction: "disliked",
  end: "answered",
  problem: null,
} as const;

function setUp(response: Response | Error, { known = true, contact = true } = {}) {
  let kept: StoredConversation | null = known
    ? { ref: { conversation: "c 1", visitor: "token" }, pending: null }
    : null;
  const memory: ConversationStore = {
    load: () => kept,
    save: (what) => {
      kept = what;
    },
    forget() {},
    archive() {},
    adoptArchived() {},
  };
  const fetchNow = vi.fn<typeof fetch>(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
  const emit = vi.fn<(name: string, said: object) => void>();
  const parts = { proxy: "https://chat.example", fetch: fetchNow, emit };
  const hands = createContactClient(parts, "shop", memory, () => null, { value: { contact } });
  const sent = () => {
    const [address, init] = fetchNow.mock.calls.at(-1) ?? [];
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    return { address, method: init?.method, headers: init?.headers, body };
  };
  return { hands, fetchNow, emit, sent, kept: () => kept };
}

const taken = () => new Response(null, { status: 204 });

describe("a message to the owner", () => {
  it("is sent from the conversation, with its visitor's token", async () => {
    const { hands, sent } = setUp(taken());
    expect(await hands.write({ message: "Hi", attach: true })).toBeNull();
    expect(sent()).toMatchObject({
      address: "https://chat.example/v1/conversations/c%201/contact",
      method: "POST",
      headers: { authorization: "Bearer token" },
      body: { message: "Hi", attach: true },
    });
  });

  it("is sent to the agent without a conversation", async () => {
    const { hands, sent } = setUp(taken(), { known: false });
    await hands.write({ message: "Hi", attach: false });
    expect(sent().address).toBe("https://chat.example/v1/agents/shop/contact");
    expect(sent().headers).not.toHaveProperty("authorization");
  });

  it("is sent once, also after a failure, and returns the result", async () => {
    const refused = setUp(
      Response.json({ problem: { code: "too-many", words: "Call us." } }, { status: 429 }),
    );
    expect(await refused.hands.write({ message: "Hi", attach: false })).toMatchObject({
      code: "too-many",
      words: "Call us.",
    });
    expect(refused.fetchNow).toHaveBeenCalledOnce();
    const away = setUp(new TypeError("failed"));
    expect(await away.hands.write({ message: "Hi", attach: false })).toEqual({ code: "unreachable" });
    expect(away.fetchNow).toHaveBeenCalledOnce();
    const strange = setUp(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    expect(await strange.hands.write({ message: "Hi", attach: false })).toEqual({ code: "unreachable" });
  });

  it("stores a renewed token", async () => {
    const { hands, kept } = setUp(new Response(null, { status: 204, headers: { "visitor-token": "fresh" } }));
    await hands.write({ message: "Hi", attach: false });
    expect(kept()?.ref).toEqual({ conversation: "c 1", visitor: "fresh" });
  });
});

describe("a reason for a rating", () => {
  it("is reported to the page, and sent to an owner who takes messages", async () => {
    const { hands, emit, sent } = setUp(taken());
    expect(await hands.explain(turn, { reason: "unclear" })).toBeNull();
    expect(emit).toHaveBeenCalledExactlyOnceWith("feedback", {
      turn: "t1",
      reaction: "disliked",
      reason: "unclear",
    });
    expect(sent()).toMatchObject({
      address: "https://chat.example/v1/conversations/c%201/messages/m%201/feedback",
      method: "PUT",
      body: { reaction: "disliked", reason: "unclear" },
    });
  });

  it("is reported to the page only if the owner takes no messages", async () => {
    const { hands, emit, fetchNow } = setUp(taken(), { contact: false });
    expect(await hands.explain(turn, { words: "No." })).toBeNull();
    expect(emit).toHaveBeenCalledOnce();
    expect(fetchNow).not.toHaveBeenCalled();
  });
});
