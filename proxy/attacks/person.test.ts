/** Attacks on conversations of signed-in persons: other identities, visitor tokens, signed-out browsers. */
import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openedBy, type Opened } from "../testing/exchange.ts";
import { readEvents } from "../testing/read-events.ts";
import { openSiege, type Siege } from "./testing/siege.ts";
import { site } from "./testing/siege-secrets.ts";

const secret = "the site's own secret for its people, 32+";
const start = "/v1/agents/default/conversations";

let siege: Siege;
let anns: Opened;
beforeAll(async () => {
  siege = await openSiege({ IDENTITY_SECRET: secret });
  anns = openedBy(await readEvents(await siege.begin("Am I known?", await as("ann"))));
});
afterAll(() => siege.close());

/** The headers of a browser in which the site says who is signed in. */
async function as(person: string | null, from = site, signedWith = secret): Promise<Record<string, string>> {
  if (person === null) return { origin: from };
  const identity = await new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(person)
    .setExpirationTime("5m")
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(signedWith));
  return { origin: from, "visitor-identity": identity };
}

const read = (headers: Record<string, string>, token?: string) =>
  siege.send("GET", `/v1/conversations/${anns.conversation}/messages`, {
    headers,
    ...(token === undefined ? {} : { token }),
  });

it("29: a person's conversation is found and read on their other devices, under any identity that is theirs", async () => {
  const found = await siege.send("GET", start, { headers: await as("ann") });
  expect(await found.json()).toEqual({ conversation: anns.conversation });
  expect((await read(await as("ann"))).status).toBe(200);
});

it("29: nobody else reads it: another person, a signed-out browser, a visitor's token, or an identity signed by others", async () => {
  const bob = await as("bob");
  const nobodys = openedBy(await readEvents(await siege.begin())).visitor;
  expect((await read(bob)).status).toBe(403);
  expect((await read(bob, nobodys)).status).toBe(403);
  expect((await read(await as(null), nobodys)).status).toBe(403);
  expect((await read(await as("ann", site, secret.toUpperCase()), nobodys)).status).toBe(403);
  expect((await read(await as("ann", "https://evil.test"))).status).toBe(403);
  expect(await (await siege.send("GET", start, { headers: bob })).json()).toEqual({ conversation: null });
});

it("29: signing in does not hand over what a visitor asked before, and signing out does not keep what a person asked", async () => {
  const nobodys = openedBy(await readEvents(await siege.begin("Before signing in?")));
  const path = `/v1/conversations/${nobodys.conversation}/messages`;
  const signedIn = await siege.send("GET", path, { headers: await as("ann"), token: nobodys.visitor });
  expect(signedIn.status).toBe(403);
  const asked = { prompt: "And after?", turn: randomUUID() };
  const after = await siege.send("POST", `/v1/conversations/${anns.conversation}/messages`, {
    headers: await as(null),
    token: nobodys.visitor,
    body: asked,
  });
  expect(after.status).toBe(403);
});

it("28: an invalid identity is refused, and never treated as no identity", async () => {
  const asked = siege.upstream.asked().length;
  const bad = [
    await as("ann", site, "somebody else's secret, also 32 long"),
    { origin: site, "visitor-identity": "x" },
  ];
  for (const headers of bad) {
    const refused = await siege.begin("Who am I?", headers);
    expect(refused.status).toBe(403);
    // So that the chat can say that the page must be loaded anew, instead of giving the conversation up.
    expect(await refused.json()).toMatchObject({ problem: { code: "not-allowed", identity: true } });
    expect((await siege.send("GET", start, { headers })).status).toBe(403);
  }
  expect(siege.upstream.asked()).toHaveLength(asked);
});

it("67: a person is given no token, in a stream or in JSON, so that no second visitor comes of them", async () => {
  expect(anns.visitor).toBe("");
  const headers = { ...(await as("ann")), accept: "application/json" };
  const whole = await siege.begin("And in one piece?", headers);
  expect(await whole.json()).toMatchObject({ visitor: "", answer: "At seven." });
  const { conversation } = anns;
  const asked = await siege.send("POST", `/v1/conversations/${conversation}/messages`, {
    headers,
    body: { prompt: "And later?", turn: randomUUID() },
  });
  for (const response of [whole, asked]) expect(response.headers.get("visitor-token")).toBeNull();
  expect(await asked.json()).not.toHaveProperty("visitor");
  expect(await (await siege.send("GET", start, { headers })).json()).not.toHaveProperty("visitor");
});

it("67: what a person asks counts for them alone, whatever they send beside their identity", async () => {
  const limited = await openSiege({
    IDENTITY_SECRET: secret,
    VISITOR_LIMIT: "2/hour",
    NEW_VISITOR_LIMIT: "1/day",
    PROOF_OF_WORK: "always",
  });
  try {
    const ann = await as("ann");
    const told: number[] = [];
    const given: string[] = [];
    for (let tries = 0; tries < 3; tries++) {
      const response = await limited.begin("When?", { ...ann, accept: "application/json" });
      told.push(response.status);
      given.push(
        ...Array.from((await response.text()).matchAll(/"visitor":"([^"]+)"/g), ([, token = ""]) => token),
      );
    }
    expect(told).toEqual([200, 200, 429]);
    expect(given).toEqual([]);
    expect((await limited.begin("When?", { ...ann, authorization: "Bearer x" })).status).toBe(429);
    expect((await limited.begin("When?", { authorization: "Bearer " })).status).toBe(403);
  } finally {
    await limited.close();
  }
});
