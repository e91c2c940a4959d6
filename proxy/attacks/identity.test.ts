/** Attacks on a visitor's identity: forged tokens, other visitors' conversations, revealing responses. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { messageOf, openedBy, type Opened } from "../testing/exchange.ts";
import { readEvents, readRefusal, type ReadEvent } from "../testing/read-events.ts";
import { openSiege, type Siege } from "./testing/siege.ts";
import { key, site } from "./testing/siege-secrets.ts";

let siege: Siege;
let mine: Opened & { events: ReadEvent[]; turn: string };
let theirs: Opened;
beforeAll(async () => {
  siege = await openSiege();
  const turn = "00000000-0000-4000-a000-000000000001";
  const events = await readEvents(await siege.start("When?", turn, { origin: site }));
  mine = { ...openedBy(events), events, turn };
  theirs = openedBy(await readEvents(await siege.begin()));
});
afterAll(() => siege.close());
beforeEach(() => siege.upstream.wellBehaved());

/** Every call about a conversation, made with a given token from a given site. */
async function everyCall(token: string | null, origin: string | null = site): Promise<Response[]> {
  const headers: Record<string, string> = {};
  if (origin !== null) headers["origin"] = origin;
  if (token !== null) headers["authorization"] = `Bearer ${token}`;
  const call = (method: string, rest: string, body?: unknown) =>
    siege.send(method, `/v1/conversations/${mine.conversation}${rest}`, {
      headers,
      ...(body ? { body } : {}),
    });
  return Promise.all([
    call("GET", "/messages"),
    call("POST", "/messages", { prompt: "And then?", turn: "00000000-0000-4000-a000-000000000009" }),
    call("GET", `/turns/${mine.turn}`),
    call("DELETE", `/turns/${mine.turn}`),
    call("PUT", `/messages/${messageOf(mine.events)}/feedback`, { reaction: "liked" }),
    call("DELETE", ""),
  ]);
}

/** What all of them were told, and how many calls reached upstream. */
async function outcome(responses: readonly Response[]) {
  const told = await Promise.all(
    responses.map(async (response) => `${response.status} ${(await readRefusal(response)).code}`),
  );
  return { told: [...new Set(told)], reached: siege.upstream.heard.length };
}

const refused = { told: ["403 not-allowed"], reached: 0 };

describe("a token", () => {
  const part = (data: object) => Buffer.from(JSON.stringify(data)).toString("base64url");
  const claims = { visitor: "me", origin: site, expires: 9_999_999_999, sub: "me", exp: 9_999_999_999 };
  const signed = (text: string) => `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;

  const bad: readonly (readonly [string, (token: string) => string | null])[] = [
    ["is missing", () => null],
    ["is a word", () => "token"],
    ["is the key", () => key],
    ["has another visitor in it", (token) => token.replace(/\.[^.]+\./, `.${part(claims)}.`)],
    ["ends a letter early", (token) => token.slice(0, -1)],
    ["has one letter more", (token) => `${token}A`],
    ["has its last letter changed", (token) => token.slice(0, -2) + (token.at(-2) === "A" ? "BA" : "AA")],
    ["has no signature", (token) => token.slice(0, token.lastIndexOf(".") + 1)],
    ["has no dots", (token) => token.replaceAll(".", "")],
    ["is a JWT of algorithm none", () => `${part({ alg: "none" })}.${part(claims)}.`],
    ["is a JWT signed by somebody", () => signed(`${part({ alg: "HS256" })}.${part(claims)}`)],
    ["is signed with another secret", () => signed(`v1.${part(claims)}`)],
    ["is __proto__", () => "__proto__"],
  ];

  it.each(bad)("28: that %s opens nothing", async (_, forge) => {
    expect(await outcome(await everyCall(forge(mine.visitor)))).toEqual(refused);
  });

  it("28: of another secret's proxy opens nothing", async () => {
    const other = await openSiege({ PROXY_SECRET: "another secret that is long enough, too" });
    const { visitor } = openedBy(await readEvents(await other.begin()));
    await other.close();
    expect(await outcome(await everyCall(visitor))).toEqual(refused);
  });

  it("28: given out on one allowed site opens nothing from another", async () => {
    expect(await outcome(await everyCall(mine.visitor, "https://shop.example.org"))).toEqual(refused);
  });
});

it("29: one visitor's token opens nothing of another's: no history, question, turn, rating, stop or deletion", async () => {
  expect(await outcome(await everyCall(theirs.visitor))).toEqual(refused);
  expect((await siege.within(mine, "GET", "/messages")).status).toBe(200);
});

it("29: somebody else's question and turn, sent again with one's own token, join nothing of theirs", async () => {
  const copied = await siege.send("POST", "/v1/agents/default/conversations", {
    headers: { origin: site },
    token: theirs.visitor,
    body: { prompt: "When?", turn: mine.turn },
  });
  const opened = openedBy(await readEvents(copied));
  expect(opened.conversation).not.toBe(mine.conversation);
  expect(opened.visitor).not.toBe(mine.visitor);
});

it("29: an answer's id of one's own conversation rates nothing in another", async () => {
  const path = `/messages/${messageOf(mine.events)}/feedback`;
  const response = await siege.within(theirs, "PUT", path, { body: { reaction: "disliked" } });
  expect(response.status).toBe(404);
  expect(siege.upstream.heard).toEqual([]);
});

it("29: an altered conversation id opens nothing, and a true one tells nothing of upstream's session", async () => {
  const sessions = siege.upstream.heard.map(({ target }) => target).join(" ");
  expect(sessions).not.toContain(mine.conversation);
  const { conversation } = mine;
  for (const altered of [
    `${conversation.slice(0, -1)}${conversation.endsWith("A") ? "Q" : "A"}`,
    conversation.slice(1),
    conversation.slice(0, -4),
    `${conversation}AAAA`,
    Array.from(conversation).toReversed().join(""),
  ]) {
    const response = await siege.within({ ...mine, conversation: altered }, "GET", "/messages");
    expect(response.status).toBe(404);
  }
  expect(siege.upstream.heard).toEqual([]);
});

it.each([
  "/healthz",
  "/readyz",
  "/metrics",
  "/",
  "/.env",
  "/.git/config",
  "/server-status",
  "/debug",
  "/v1",
  "/admin",
])("30: %s tells nothing about key, project or settings", async (path) => {
  const response = await siege.send("GET", path);
  const told = JSON.stringify([...response.headers]) + (await response.text());
  expect(told).not.toMatch(
    /4711|KeyThat|example\.org|customgpt|127\.0\.0\.1|PROXY_SECRET|REDIS_URL|redis:|"7"|project/i,
  );
});

it("30: metrics are served for the operator's token only; for others the path does not exist", async () => {
  const watched = await openSiege({ METRICS_TOKEN: "an-operators-own-token" });
  const ask = (token?: string) => watched.send("GET", "/metrics", token === undefined ? {} : { token });
  for (const token of [undefined, "an-operators-own-tokem", "", "an-operators-own-token2", key])
    expect((await ask(token)).status).toBe(404);
  expect((await ask("an-operators-own-token")).status).toBe(200);
  await watched.close();
});
