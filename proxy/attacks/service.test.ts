/** Attacks through the service: errors and limits that one visitor provokes must not affect others. */
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { messageOf, openedBy, type Opened } from "../testing/exchange.ts";
import { readEvents, readRefusal } from "../testing/read-events.ts";
import { json, stream, type Answering, type Heard } from "./testing/hostile-upstream.ts";
import { siegesOfEachTest, until, type Siege } from "./testing/siege.ts";

const { besiege } = siegesOfEachTest({ TRUST_PROXY: "1" });

const from = (address: string) => ({ "x-forwarded-for": address });
const evil = "cat ../../etc/passwd";
const isEvil = ({ body }: Heard) => body.includes("etc/passwd");

/** Answers questions with the rejected words in this way, and all others as usual. */
function provoke(siege: Siege, answering: Answering): void {
  siege.upstream.answerQuestions((response, heard) =>
    isEvil(heard) ? answering(response, heard) : stream(response, ["At ", "seven."]),
  );
}

const html =
  (status: number): Answering =>
  (response) =>
    json(response, status, "<html><title>Attention Required!</title></html>", {
      "content-type": "text/html",
    });

/** The statuses of `count` honest visitors' questions, each from its own address. */
async function honest(siege: Siege, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) {
    const response = await siege.begin(`honest ${index}`, from(`203.0.113.${index}`));
    statuses.push(response.status);
    await response.text();
  }
  return statuses;
}

const all = (count: number, status = 200) => Array.from({ length: count }, () => status);

describe("words that the service, or a firewall before it, rejects", () => {
  const attack = (siege: Siege, count: number, address: (index: number) => string = () => "192.0.2.66") =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        await pause(5 * index);
        const response = await siege.begin(evil, from(address(index)));
        const text = await response.text();
        return { status: response.status, text };
      }),
    );

  it.each<[string, Answering]>([
    ["403 with a page", html(403)],
    ["403 with nothing", (response) => json(response, 403, "")],
    ["403 with JSON that is not the service's", (response) => json(response, 403, { message: "Forbidden" })],
    ["401 with a page", html(401)],
    ["406 with a page", html(406)],
    ["500", (response) => json(response, 500, {})],
    ["502 with a page", html(502)],
    ["503 and a wait", (response) => json(response, 503, "", { "retry-after": "60" })],
    ["a cut connection", (response) => response.destroy()],
    ["silence", () => {}],
  ])(
    "60: that are answered by %s switch the agent off for no visitor, and blame no key",
    async (_, answering) => {
      const siege = await besiege();
      provoke(siege, answering);
      await attack(siege, 30);
      expect(await honest(siege, 5)).toEqual(all(5));
      expect(siege.logged.join("\n")).not.toMatch(/"mend"|"circuit":"open"/);
      expect((await siege.send("GET", "/readyz")).status).toBe(200);
    },
    30_000,
  );

  it("60: from three addresses, each time by a new visitor, do not either", async () => {
    const siege = await besiege();
    provoke(siege, (response) => json(response, 500, {}));
    await attack(siege, 60, (index) => `192.0.2.${index % 3}`);
    expect(await honest(siege, 5)).toEqual(all(5));
  }, 20_000);

  it("60: are refused with a message and a way on, and then bounded in number", async () => {
    const siege = await besiege();
    provoke(siege, html(403));
    const first = await siege.begin(evil, from("192.0.2.66"));
    expect([first.status, (await readRefusal(first)).code]).toEqual([400, "bad-request"]);
    for (let tries = 0; tries < 80; tries++) await siege.begin(evil, from("192.0.2.66"));
    expect(siege.upstream.heard.filter(isEvil).length).toBeLessThan(50);
    const refused = await siege.begin(evil, from("192.0.2.66"));
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  }, 20_000);

  it("60: of one visitor are bounded in number much sooner", async () => {
    const siege = await besiege();
    provoke(siege, html(403));
    const opened = openedBy(await readEvents(await siege.begin("honest", from("192.0.2.66"))));
    for (let tries = 0; tries < 20; tries++) await siege.follow(opened, evil);
    expect(siege.upstream.heard.filter(isEvil).length).toBeLessThan(9);
    expect((await siege.follow(opened, evil)).status).toBe(503);
  });

  it("60: switch nothing off for others at the same address, even before any answer there", async () => {
    const siege = await besiege();
    provoke(siege, html(403));
    await attack(siege, 30);
    expect((await siege.begin("honest", from("192.0.2.66"))).status).toBe(200);
  });

  it("60: make no visitor wait at an address where others are answered", async () => {
    const siege = await besiege();
    provoke(siege, html(403));
    expect((await siege.begin("honest", from("192.0.2.66"))).status).toBe(200);
    await attack(siege, 60);
    expect((await siege.begin("honest", from("192.0.2.66"))).status).toBe(200);
  });

  it("60: never become a conversation's name", async () => {
    const siege = await besiege();
    await (await siege.begin(evil)).text();
    const begun = siege.upstream.heard.filter(({ target }) => target.endsWith("/conversations"));
    expect(begun.map(({ body }) => /etc|passwd|cat/.test(body))).toEqual([false]);
    expect(begun[0]?.body).toMatch(/"name":"Website chat, .+ UTC"/);
  });
});

describe("a service that is down for all visitors", () => {
  it("61: is left alone after a few failures of any visitors, and probed by calls of the proxy itself only", async () => {
    const siege = await besiege();
    siege.upstream.answerAll((response) => json(response, 503, "down"));
    for (let tries = 0; tries < 20; tries++) await siege.begin("?", from("192.0.2.66"));
    await until(() => siege.logged.join("\n").includes('"circuit":"open"'));
    const before = siege.upstream.heard.length;
    expect(before).toBeLessThan(9);
    const refused = await siege.begin();
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    await pause(1100);
    expect((await siege.begin()).status).toBe(503);
    expect(siege.upstream.heard.slice(before).map(({ method, target }) => `${method} ${target}`)).toEqual([
      "GET /api/v1/projects/7/settings",
    ]);
    siege.upstream.wellBehaved();
    await pause(2100);
    expect((await siege.begin()).status).toBe(200);
    expect(siege.upstream.heard[0]?.target).toContain("/settings");
  }, 20_000);

  it("61: is reported by /readyz, which stays ready", async () => {
    const siege = await besiege();
    siege.upstream.answerAll((response) => json(response, 500, {}));
    for (let tries = 0; tries < 5; tries++) await siege.begin();
    await until(() => siege.logged.join("\n").includes('"circuit":"open"'));
    const ready = await siege.send("GET", "/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: "ready", upstream: "paused", redis: "none" },
    ]);
  });

  it("61: with a key that a call of the proxy itself finds rejected is reported to the owner", async () => {
    const siege = await besiege();
    const opened = openedBy(await readEvents(await siege.begin()));
    siege.upstream.answerAll((response) => json(response, 401, { message: "Unauthenticated." }));
    expect((await siege.follow(opened, "And then?")).status).toBe(502);
    await until(() => /"call":"look".*"mend":.*CUSTOMGPT_API_KEY/.test(siege.logged.join("\n")));
    expect(siege.logged.filter((line) => line.includes('"call":"ask"')).join()).not.toContain("mend");
  });
});

describe("a wait that the service asks for", () => {
  it("62: of one visitor applies to that visitor alone", async () => {
    const siege = await besiege();
    provoke(siege, (response) => json(response, 429, {}, { "retry-after": "3600" }));
    for (let tries = 0; tries < 20; tries++) await siege.begin(evil, from("192.0.2.66"));
    expect(siege.upstream.heard.filter(isEvil)).toHaveLength(1);
    expect(await honest(siege, 5)).toEqual(all(5));
  });

  it("62: of our own call as well applies to all visitors", async () => {
    const siege = await besiege();
    siege.upstream.answerAll((response, heard) =>
      heard.target.endsWith("/conversations")
        ? json(response, 201, { data: { session_id: "1198da61-7d3c-4b1c-9c77-5f6f1f6f2a10" } })
        : json(response, 429, {}, { "retry-after": "3600" }),
    );
    await siege.begin("?", from("192.0.2.66"));
    await until(() => siege.upstream.heard.some(({ target }) => target.endsWith("/settings")));
    const begun = () => siege.upstream.heard.filter(({ target }) => target.endsWith("/conversations"));
    expect(await honest(siege, 5)).toEqual(all(5, 503));
    expect(begun()).toHaveLength(1);
  });
});

describe("reading, rating and deleting in a loop", () => {
  const open = async (siege: Siege): Promise<Opened & { message: string }> => {
    const events = await readEvents(await siege.begin());
    return { ...openedBy(events), message: messageOf(events) };
  };
  const count = async (responses: readonly Promise<Response>[], status: number) =>
    (await Promise.all(responses)).filter((response) => response.status === status).length;
  const times = <Result>(number: number, work: () => Result) => Array.from({ length: number }, work);

  it("63: is limited by visitor, each kind of action by itself", async () => {
    const siege = await besiege({ READ_LIMIT: "5/minute" });
    const mine = await open(siege);
    const rate = () =>
      siege.within(mine, "PUT", `/messages/${mine.message}/feedback`, { body: { reaction: "liked" } });
    expect(
      await count(
        times(20, () => siege.within(mine, "GET", "/messages")),
        429,
      ),
    ).toBe(15);
    expect(await count(times(20, rate), 429)).toBe(15);
    expect(
      await count(
        times(20, () => siege.within(mine, "DELETE", "")),
        429,
      ),
    ).toBe(15);
    const hers = await open(siege);
    const refused = await siege.within(mine, "GET", "/messages");
    expect(refused.headers.get("retry-after") ?? refused.status).toBe(404);
    expect((await siege.within(hers, "GET", "/messages")).status).toBe(200);
  });

  it("63: of many visitors at one address is limited too", async () => {
    const siege = await besiege({ READ_LIMIT: "1/minute" });
    const visitors: Opened[] = [];
    for (let visitor = 0; visitor < 8; visitor++) visitors.push(await open(siege));
    const reads = visitors.map((each) => siege.within(each, "GET", "/messages"));
    expect(await count(reads, 429)).toBe(3);
  });

  it("63: is fetched a few times, and sent twice at most, while nothing changes, and what changed is seen", async () => {
    const siege = await besiege();
    const mine = await open(siege);
    const reads = () => siege.upstream.heard.filter(({ method }) => method === "GET").length;
    const ratings = () => siege.upstream.heard.filter(({ method }) => method === "PUT").length;
    expect(
      await count(
        times(100, () => siege.within(mine, "GET", "/messages")),
        200,
      ),
    ).toBe(100);
    expect(reads()).toBeLessThan(10);
    await (await siege.follow(mine, "And then?")).text();
    const transcript = await siege.within(mine, "GET", "/messages");
    expect(transcript.status).toBe(200);
    expect(siege.upstream.heard.findLastIndex(({ method }) => method === "GET")).toBeGreaterThan(
      siege.upstream.heard.findLastIndex(({ method }) => method === "POST"),
    );
    expect(reads()).toBeLessThan(11);
    for (let tries = 0; tries < 20; tries++)
      await siege.within(mine, "PUT", `/messages/${mine.message}/feedback`, { body: { reaction: "liked" } });
    expect(ratings()).toBe(2);
    await siege.within(mine, "PUT", `/messages/${mine.message}/feedback`, { body: { reaction: "neutral" } });
    expect(ratings()).toBe(3);
  });
});

describe("the account's calls a minute", () => {
  it("64: are never used up by reading, and questions get the rest", async () => {
    const siege = await besiege({ UPSTREAM_CALLS_PER_MINUTE: "80" });
    const visitors: Opened[] = [];
    for (let visitor = 0; visitor < 9; visitor++)
      visitors.push(openedBy(await readEvents(await siege.begin("?", from(`192.0.2.${visitor}`)))));
    const before = siege.upstream.heard.length;
    const read = (opened: Opened, address: string) =>
      siege.within(opened, "GET", "/messages", { headers: from(address) });
    const refused: (string | null)[] = [];
    for (const [place, opened] of [...visitors, ...visitors].entries()) {
      const response = await read(opened, `192.0.2.${place}`);
      if (response.status !== 200) refused.push(response.headers.get("retry-after"));
    }
    expect(refused.every((wait) => Number(wait) >= 1)).toBe(true);
    for (let deletion = 0; deletion < 5; deletion++)
      for (const opened of visitors)
        await siege.within(opened, "DELETE", "", { headers: from("192.0.2.200") });
    expect(siege.upstream.heard.length - before).toBeLessThanOrEqual(20);
    expect(await honest(siege, 23)).toEqual([...all(21), ...all(2, 503)]);
    expect(siege.upstream.heard.length).toBeLessThanOrEqual(80);
  });

  it("64: leave some to others than one address that asks and asks", async () => {
    const siege = await besiege({ UPSTREAM_CALLS_PER_MINUTE: "20" });
    for (let tries = 0; tries < 20; tries++) await siege.begin("?", from("192.0.2.66"));
    expect(siege.upstream.heard.length).toBeLessThanOrEqual(11);
    expect(await honest(siege, 4)).toEqual(all(4));
    const refused = await siege.begin("?", from("192.0.2.66"));
    expect([refused.status, (await readRefusal(refused)).code]).toEqual([503, "upstream-busy"]);
  });
});

it("65: forty conversations of one address do not keep a new visitor of another address waiting", async () => {
  const siege = await besiege({
    UPSTREAM_CONCURRENCY: "1",
    UPSTREAM_QUEUE: "10",
    UPSTREAM_FIRST_BYTE_SECONDS: "20",
    UPSTREAM_QUEUE_SECONDS: "20",
  });
  const crowd: Opened[] = [];
  for (let index = 0; index < 40; index++)
    crowd.push(openedBy(await readEvents(await siege.begin("hold", from("192.0.2.66")))));
  const held: (() => void)[] = [];
  siege.upstream.answerQuestions((response) => void held.push(() => stream(response, ["At ", "seven."])));
  const follow = (opened: Opened) =>
    siege.send("POST", `/v1/conversations/${opened.conversation}/messages`, {
      body: { prompt: "more", turn: crypto.randomUUID() },
      token: opened.visitor,
      headers: from("192.0.2.66"),
    });
  const following = crowd.map(follow);
  await until(() => held.length === 1);
  const newcomers = Array.from({ length: 6 }, (_, index) => siege.begin("new", from(`203.0.113.${index}`)));
  let sentAway = 0;
  for (const each of following) void each.then(({ status }) => void (sentAway += Number(status === 503)));
  // The queue is full of the crowd: each new visitor takes the slot of one of them.
  await until(() => sentAway === 40 - 1 - 10 + newcomers.length, 10_000);
  let served = 0;
  for (const each of newcomers) void each.then(({ status }) => void (served += Number(status === 200)));
  let answers = 0;
  for (; served < newcomers.length && answers < 40; answers++) {
    const before = served;
    await until(() => held.length > 0 || served > before, 5000);
    held.shift()?.();
    await pause(5);
  }
  expect((await Promise.all(newcomers)).map(({ status }) => status)).toEqual(all(6));
  expect(answers).toBeLessThan(14);
  siege.upstream.wellBehaved();
  const release = setInterval(() => held.shift()?.(), 1);
  await Promise.all(following.map(async (each) => (await each).text()));
  clearInterval(release);
}, 30_000);
