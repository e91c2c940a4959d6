/** Attacks on a conversation's first question, with its text and id but without its secret. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { connectRedis } from "../redis/connect-redis.ts";
import { openedBy } from "../testing/exchange.ts";
import { readEvents, readRefusal } from "../testing/read-events.ts";
import { dumpOf } from "../testing/redis-dump.ts";
import { startRedisServer } from "../testing/redis-server.ts";
import { json, stream } from "./testing/hostile-upstream.ts";
import { siegesOfEachTest, until, type Siege } from "./testing/siege.ts";
import { site, startPath } from "./testing/siege-secrets.ts";

const { besiege, undo } = siegesOfEachTest();

const words = "My account is 12345. What do I owe?";

type Headers = Record<string, string>;

/** The same question, as often as it is sent, by whoever knows this much of its secret. */
function sender(siege: Siege, turn = randomUUID()) {
  return (secret: string | null, more: Headers = {}, prompt = words) => {
    const headers = { origin: site, ...(secret !== null && { "turn-secret": secret }), ...more };
    return siege.send("POST", startPath, { body: { prompt, turn }, headers });
  };
}

const toldBy = async (response: Response) => openedBy(await readEvents(response));
const verdict = async (response: Response) => `${response.status} ${(await readRefusal(response)).code}`;

/** What others might send in place of a secret that they do not know. */
const guesses = (secret: string): (string | null)[] => [
  null,
  randomUUID(),
  secret.toUpperCase(),
  secret.slice(0, -1),
  `${secret}0`,
  "0".repeat(22),
];

describe("somebody else's first question, sent again without a token", () => {
  it("68: is refused whatever stands in place of its secret, and joined by its browser, as stream and as JSON", async () => {
    const siege = await besiege();
    const secret = randomUUID();
    const send = sender(siege);
    const mine = await toldBy(await send(secret));
    for (const accept of ["text/event-stream", "application/json"]) {
      for (const guess of guesses(secret)) {
        const response = await send(guess, { accept });
        const text = await response.clone().text();
        expect(await verdict(response)).toBe("403 not-allowed");
        for (const word of [mine.visitor, mine.conversation]) expect(text).not.toContain(word);
      }
    }
    expect(await toldBy(await send(secret))).toEqual(mine);
    expect(await (await send(secret, { accept: "application/json" })).json()).toMatchObject(mine);
    expect(siege.upstream.asked()).toHaveLength(1);
  });

  it("68: is refused while it is being answered too", async () => {
    const siege = await besiege({ UPSTREAM_IDLE_SECONDS: "60" });
    siege.upstream.answerQuestions((response) => stream(response, ["At "], false));
    const secret = randomUUID();
    const send = sender(siege);
    const mine = send(secret);
    await until(() => siege.upstream.asked().length === 1);
    for (const guess of guesses(secret)) expect(await verdict(await send(guess))).toBe("403 not-allowed");
    expect((await mine).status).toBe(200);
    expect((await send(secret)).status).toBe(200);
    expect(siege.upstream.asked()).toHaveLength(1);
  });

  it("68: does not reveal whether the question was the right one", async () => {
    const siege = await besiege();
    const secret = randomUUID();
    const send = sender(siege);
    await toldBy(await send(secret));
    for (const guess of [null, randomUUID()])
      for (const prompt of [words, "Something else?"])
        expect(await verdict(await send(guess, {}, prompt))).toBe("403 not-allowed");
    expect(await verdict(await send(secret, {}, "Something else?"))).toBe("400 bad-request");
  });

  it("68: is refused as often as joining is allowed, and then not looked up any more", async () => {
    const siege = await besiege({ FOLLOW_LIMIT: "1/minute" });
    const send = sender(siege);
    await toldBy(await send(randomUUID()));
    const statuses: number[] = [];
    for (let tries = 0; tries < 6; tries++) statuses.push((await send(randomUUID())).status);
    // By address five times as many.
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
  });

  it("68: cannot be taken over, even when the service rejected it", async () => {
    const siege = await besiege();
    siege.upstream.answerQuestions((response) => json(response, 422, {}));
    const secret = randomUUID();
    const send = sender(siege);
    expect((await send(secret)).status).toBe(400);
    siege.upstream.wellBehaved();
    for (const guess of guesses(secret)) expect(await verdict(await send(guess))).toBe("403 not-allowed");
    expect((await send(secret)).status).toBe(200);
  });
});

describe("two of one first question at the same moment", () => {
  it("68: with one secret are one question, and both receive the same answer", async () => {
    const siege = await besiege();
    const send = sender(siege);
    const secret = randomUUID();
    const [one, other] = await Promise.all([send(secret), send(secret)]);
    expect(await toldBy(one)).toEqual(await toldBy(other));
    expect(siege.upstream.asked()).toHaveLength(1);
  });

  it("68: with different secrets are the first one's only", async () => {
    const siege = await besiege();
    const send = sender(siege);
    const responses = await Promise.all([randomUUID(), randomUUID(), null].map((secret) => send(secret)));
    expect(responses.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 403, 403,
    ]);
    expect(siege.upstream.asked()).toHaveLength(1);
  });
});

describe("a first question without a secret, as clients send it that know of none", () => {
  it("68: is answered, and never again sent to anyone, with no secret or with an invented one", async () => {
    const siege = await besiege();
    const send = sender(siege);
    const mine = await toldBy(await send(null));
    for (const guess of [null, randomUUID()])
      expect(await verdict(await send(guess))).toBe("403 not-allowed");
    expect(siege.upstream.asked()).toHaveLength(1);
    expect((await siege.within(mine, "GET", "/messages", { headers: { origin: site } })).status).toBe(200);
  });

  it("68: may be asked once more where the service did not take it, and opens another conversation then", async () => {
    const siege = await besiege();
    siege.upstream.answerQuestions((response) => json(response, 422, {}));
    const send = sender(siege);
    expect((await send(null)).status).toBe(400);
    siege.upstream.wellBehaved();
    expect((await send(null)).status).toBe(200);
    expect(await verdict(await send(null))).toBe("403 not-allowed");
  });
});

it.each(["", "short", "x".repeat(129), "with spaces in it, and quite long", "~".repeat(40)])(
  "68: an invalid secret (%j) starts nothing",
  async (secret) => {
    const siege = await besiege();
    expect(await verdict(await sender(siege)(secret))).toBe("400 bad-request");
    expect(siege.upstream.heard).toEqual([]);
  },
);

it("68: a page of an allowed site may send it, and the log says nothing of it", async () => {
  const siege = await besiege();
  const preflight = await siege.send("OPTIONS", startPath, {
    headers: { origin: site, "access-control-request-method": "POST" },
  });
  expect(preflight.headers.get("access-control-allow-headers")?.split(", ")).toContain("turn-secret");
  const secret = randomUUID();
  const turn = randomUUID();
  const send = sender(siege, turn);
  await toldBy(await send(secret));
  expect((await send(null)).status).toBe(403);
  expect((await send("short")).status).toBe(400);
  const said = siege.logged.join("\n");
  expect(siege.logged.length).toBeGreaterThan(2);
  for (const word of [secret, turn]) expect(said).not.toContain(word);
});

describe("what lies in Redis of a first question", { timeout: 30_000 }, () => {
  async function twoInstances() {
    const server = await startRedisServer();
    undo.push(() => server.kill());
    const redis = await connectRedis({ url: server.url });
    undo.push(() => redis.close());
    const a = await besiege({ REDIS_URL: server.url });
    const b = await besiege({ REDIS_URL: server.url });
    return { redis, a, b };
  }

  it("69: holds neither its secret nor the visitor's token, and redeems nothing at any instance", async () => {
    const { redis, a, b } = await twoInstances();
    const secret = randomUUID();
    const turn = randomUUID();
    const mine = await toldBy(await sender(a, turn)(secret));
    const lying = await dumpOf(redis);
    const all = lying.join("\n");
    // Everything that was needed before: the words and the id.
    expect(all).toContain(words);
    expect(all).toContain(turn);
    for (const word of [secret, mine.visitor]) expect(all).not.toContain(word);
    const read = lying.filter((text) => /^[\w-]{22,128}$/.test(text));
    for (const instance of [a, b])
      for (const guess of [...guesses(secret), ...read])
        expect(await verdict(await sender(instance, turn)(guess))).toBe("403 not-allowed");
    expect(read.length).toBeGreaterThan(0);
    expect(await toldBy(await sender(b, turn)(secret))).toEqual(mine);
    expect([...a.upstream.asked(), ...b.upstream.asked()]).toHaveLength(1);
  });

  it("69: lets the same question at two instances at once be one question, and the first secret's only", async () => {
    const { a, b } = await twoInstances();
    const turn = randomUUID();
    const secret = randomUUID();
    const same = await Promise.all([a, b, a, b].map((siege) => sender(siege, turn)(secret)));
    const told = await Promise.all(same.map(toldBy));
    for (const each of told) expect(each).toEqual(told[0]);
    const contested = randomUUID();
    const others = await Promise.all([a, b, a, b].map((siege) => sender(siege, contested)(randomUUID())));
    expect(others.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 403, 403, 403,
    ]);
    expect([...a.upstream.asked(), ...b.upstream.asked()]).toHaveLength(2);
  });

  it("69: lets nobody join what was asked without a secret", async () => {
    const { a, b } = await twoInstances();
    const turn = randomUUID();
    await toldBy(await sender(a, turn)(null));
    for (const instance of [a, b])
      for (const guess of [null, randomUUID()])
        expect(await verdict(await sender(instance, turn)(guess))).toBe("403 not-allowed");
  });
});
