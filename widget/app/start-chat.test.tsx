import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byteProxy } from "../browser/testing/byte-proxy.ts";
import { startChat } from "./start-chat.lazy.tsx";
import { answerOf } from "../conversation/testing/scripted-proxy.ts";
import { optionsIn } from "../embed/host-styles.ts";
import type { ChatDeps, ChatInstance } from "../embed/types.ts";
import { readOption } from "../options/read-option.ts";

const profile = {
  agent: "default",
  title: "Guide",
  color: "#7a3cff",
  starters: ["What is it?"],
  feedback: true,
  texts: { disclosure: "A machine." },
};

let said: Record<string, unknown>;
let happened: [name: string, detail: unknown][];
let chat: ChatInstance;
let host: HTMLElement;
let proxy: ReturnType<typeof byteProxy>;

function start(): void {
  host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const frame = document.createElement("div");
  const slot = document.createElement("div");
  document.body.append(host);
  root.append(frame);
  frame.append(slot);
  const parts: ChatDeps = {
    host,
    root,
    frame,
    slot,
    option: optionsIn((name) => said[name]),
    readOption: (table, name) =>
      readOption(
        name,
        table[name],
        (each) => said[each],
        () => {},
      ),
    proxy: "https://chat.example.com",
    fetchProfile: () => Promise.resolve(profile),
    fetch: proxy.fetch,
    emit: (name, detail) => happened.push([name, detail]),
    close: () => happened.push(["closed", null]),
  };
  chat = startChat(parts);
}

async function until(isSo: () => boolean) {
  await expect.poll(isSo).toBe(true);
}

const shadow = () => host.shadowRoot ?? host;
const text = () => shadow().textContent ?? "";
const named = (name: string) => happened.filter(([each]) => each === name).map(([, detail]) => detail);

beforeEach(() => {
  said = {};
  happened = [];
  proxy = byteProxy(answerOf("Ten euros."));
});

afterEach(() => {
  chat.dispose();
  host.remove();
  localStorage.clear();
  sessionStorage.clear();
});

describe("the opened chat", () => {
  it("asks the proxy, and emits events for the question and its answer", async () => {
    start();
    chat.show(true, false);
    chat.ask("What does it cost?");
    await until(() => named("answer").length > 0);
    const [question] = proxy.sent;
    expect(question?.body).toMatchObject({ prompt: "What does it cost?" });
    expect(named("question")).toMatchObject([{ text: "What does it cost?" }]);
    expect(named("answer")).toMatchObject([
      { question: "What does it cost?", text: "Ten euros.", citations: [{ id: "1", title: "Prices" }] },
    ]);
    await until(() => text().includes("Ten euros."));
  });

  it("tells the page no id by which the proxy knows a turn or a message, of restored ones neither", async () => {
    start();
    chat.ask("What does it cost?");
    await until(() => named("answer").length > 0);
    chat.dispose();
    host.remove();
    const message = { message: "m1", prompt: "Before?", answer: "Yes.", citations: [], reaction: "neutral" };
    proxy.instead.push(() => Response.json({ conversation: "c1", messages: [message] }));
    start();
    chat.show(true, false);
    const like = () => shadow().querySelector<HTMLElement>("[part=feedback] button");
    await until(() => like() !== null);
    like()?.click();
    await until(() => proxy.sent.some(({ method }) => method === "PUT"));
    expect(happened.map(([name]) => name)).toEqual(
      expect.arrayContaining(["question", "answer", "feedback"]),
    );
    const told = happened.map(([, detail]) => Object(detail).turn).filter((turn) => typeof turn === "string");
    expect(told).toHaveLength(3);
    const wire = JSON.stringify(proxy.sent.map(({ url, body, headers }) => [url, body, [...headers]]));
    for (const turn of told) expect(wire).not.toContain(turn);
  });

  it("sends and stores nothing before the visitor asks", async () => {
    start();
    chat.show(true, false);
    await until(() => text().includes("Guide"));
    chat.show(false, false);
    expect(proxy.sent).toEqual([]);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("is restored on the next page, open if it was open", async () => {
    start();
    chat.show(true, false);
    chat.ask("What does it cost?");
    await until(() => named("answer").length > 0);
    chat.dispose();
    host.remove();
    expect(sessionStorage.getItem("customgpt-widget:https://chat.example.com:default:open")).toBe("1");
    const message = {
      message: "m1",
      prompt: "What does it cost?",
      answer: "Ten euros.",
      citations: [],
      reaction: "liked",
    };
    proxy.instead.push(() => Response.json({ conversation: "c1", messages: [message] }));
    start();
    await until(() => text().includes("Ten euros."));
    expect(proxy.turns.size).toBe(1);
  });

  it("offers the starters for the current page, and the agent's own where they cannot be loaded", async () => {
    said = { starters: '{"/nowhere": ["Not this?"], "*": ["Here?"]}' };
    start();
    chat.show(true, false);
    await until(() => text().includes("Here?"));
    said = { starters: { "*": ["From a script?"] } };
    chat.refresh();
    await until(() => text().includes("From a script?"));
    said = { starters: '{"*": ["Broken?"' };
    chat.refresh();
    await until(() => text().includes("What is it?"));
    expect(text()).not.toContain("?Broken");
  });

  it("applies the options of this site before the agent's settings", async () => {
    said = { title: "Ask Ann", welcome: "Good day!" };
    start();
    await until(() => text().includes("What is it?"));
    expect(text()).toContain("Ask Ann");
    expect(text()).toContain("Good day!");
    expect(text()).toContain("A machine.");
    said = { starters: "Only this?", disclosure: "off" };
    chat.refresh();
    await until(() => text().includes("Only this?"));
    expect(text()).toContain("Guide");
    expect(text()).not.toContain("A machine.");
    expect(text()).not.toContain("What is it?");
  });

  it("has the chosen language and its direction", async () => {
    said = { language: "de-AT", theme: "dark" };
    start();
    const frame = shadow().firstElementChild;
    await until(() => frame?.getAttribute("lang") === "de");
    expect(frame?.getAttribute("dir")).toBe("ltr");
    expect(frame?.getAttribute("data-theme")).toBe("dark");
  });

  it("removes everything that it added", async () => {
    start();
    chat.show(true, false);
    await until(() => text().includes("Guide"));
    chat.dispose();
    expect(text()).toBe("");
    expect(host.shadowRoot?.adoptedStyleSheets).toEqual([]);
  });

  const jwt = (sub: string, exp = 1) => `h.${btoa(JSON.stringify({ sub, exp }))}.s`;

  it("sends a visitor's identity to the proxy, and finds their conversation of another device", async () => {
    said = { identity: jwt("ann") };
    const message = { message: "m1", prompt: "Before?", answer: "Yes.", citations: [], reaction: "neutral" };
    proxy.instead.push(
      () => Response.json({ conversation: "c9" }),
      () => Response.json({ conversation: "c9", messages: [message] }),
    );
    start();
    chat.show(true, false);
    await until(() => text().includes("Yes."));
    expect(proxy.sent.map(({ url }) => new URL(url).pathname)).toEqual([
      "/v1/agents/default/conversations",
      "/v1/conversations/c9/messages",
    ]);
    expect(proxy.sent.every(({ headers }) => headers.get("visitor-identity") === jwt("ann"))).toBe(true);
    // Whose it is stands beside what is kept; what opens it does not.
    expect(localStorage.getItem(localStorage.key(0) ?? "")).not.toContain(jwt("ann"));
  });

  it("drops the conversation when the visitor changes or signs out, and keeps it for a renewed identity", async () => {
    said = { identity: jwt("ann") };
    start();
    chat.ask("What does it cost?");
    await until(() => text().includes("Ten euros."));
    said = { identity: jwt("ann", 2) };
    chat.refresh();
    expect(localStorage.length).toBe(1);
    expect(text()).toContain("Ten euros.");
    said = { identity: "" };
    chat.refresh();
    expect(localStorage.length).toBe(0);
    await until(() => !text().includes("Ten euros."));
    chat.ask("And now?");
    await until(() => proxy.sent.length > 1);
    expect(proxy.sent.at(-1)?.headers.has("visitor-identity")).toBe(false);
    expect(proxy.sent.at(-1)?.url).toContain("/v1/agents/default/conversations");
  });

  it("deletes another visitor's stored conversation", async () => {
    said = { identity: jwt("ann") };
    start();
    chat.ask("What does it cost?");
    await until(() => named("answer").length > 0);
    chat.dispose();
    host.remove();
    said = {};
    start();
    expect(localStorage.length).toBe(0);
    expect(text()).not.toContain("What does it cost?");
  });

  it("stores nothing beyond the page, or the tab, if the owner chose that", async () => {
    for (const memory of ["page", "visit"]) {
      said = { memory };
      start();
      chat.show(true, false);
      chat.ask("What does it cost?");
      await until(() => named("answer").length > 0);
      chat.show(false, false);
      chat.show(true, false);
      expect(localStorage.length).toBe(0);
      // The conversation, and that the chat was open.
      expect(sessionStorage.length).toBe(memory === "page" ? 0 : 2);
      happened = [];
      chat.dispose();
      host.remove();
      sessionStorage.clear();
    }
    start();
  });

  it("joins a conversation of another tab, and leaves it when that tab starts over", async () => {
    start();
    chat.show(true, false);
    const key = "customgpt-widget:https://chat.example.com:default";
    const message = { message: "m1", prompt: "Before?", answer: "Yes.", citations: [], reaction: "neutral" };
    proxy.instead.push(() => Response.json({ conversation: "c9", messages: [message] }));
    const ref = { conversation: "c9", visitor: "v" };
    localStorage.setItem(key, JSON.stringify({ version: 2, who: "", at: Date.now(), ref, pending: null }));
    dispatchEvent(new StorageEvent("storage", { key }));
    await until(() => text().includes("Yes."));
    localStorage.removeItem(key);
    dispatchEvent(new StorageEvent("storage", { key }));
    await until(() => !text().includes("Yes."));
    expect(proxy.turns.size).toBe(0);
  });

  it("stores a renewed token of the proxy", async () => {
    start();
    chat.ask("What does it cost?");
    await until(() => named("answer").length > 0);
    proxy.instead.push(() =>
      Response.json(
        { problem: { code: "too-long", message: "" } },
        { status: 413, headers: { "visitor-token": "fresh" } },
      ),
    );
    chat.ask("Once more?");
    await until(() => named("problem").length > 0);
    expect(localStorage.getItem(localStorage.key(0) ?? "")).toContain('"visitor":"fresh"');
  });
});
