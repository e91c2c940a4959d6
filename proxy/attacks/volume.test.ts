/** Attacks by volume: many addresses, many requests at once, repeated requests, and a failed service. */
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import * as v from "valibot";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openedBy } from "../testing/exchange.ts";
import { readEvents } from "../testing/read-events.ts";
import { json, stream } from "./testing/hostile-upstream.ts";
import { siegesOfEachTest } from "./testing/siege.ts";
import { site } from "./testing/siege-secrets.ts";

const { besiege, undo } = siegesOfEachTest();

/** How often each status came, once all is read. */
async function statuses(responses: readonly Promise<Response>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const response of await Promise.all(responses)) {
    counts[response.status] = (counts[response.status] ?? 0) + 1;
    await response.text();
  }
  return counts;
}

const times = <Result>(count: number, make: (index: number) => Result) =>
  Array.from({ length: count }, (_, index) => make(index));

describe("31: one address in many disguises", () => {
  const disguises = (index: number): Record<string, string> => ({
    "x-forwarded-for": `10.0.0.${index}, 11.0.0.${index}`,
    "x-real-ip": `10.0.1.${index}`,
    "cf-connecting-ip": `10.0.2.${index}`,
    "true-client-ip": `10.0.3.${index}`,
    forwarded: `for=10.0.4.${index}`,
  });

  it.each([
    ["new visitors", { NEW_VISITOR_LIMIT: "3/minute" }],
    ["questions", { ADDRESS_LIMIT: "3/minute" }],
    ["requests of any kind", { REQUEST_LIMIT: "3/minute" }],
  ])(
    "does not escape its limit on %s, and each refusal says in whole seconds when to come back",
    async (_, limit) => {
      const siege = await besiege(limit);
      const responses: Response[] = [];
      for (let index = 0; index < 8; index++) responses.push(await siege.begin("When?", disguises(index)));
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
      for (const response of responses.slice(3))
        expect(response.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
      expect(siege.upstream.asked()).toHaveLength(3);
    },
  );

  it("behind one trusted proxy is the rightmost address, whatever the visitor wrote to its left", async () => {
    const siege = await besiege({ NEW_VISITOR_LIMIT: "2/minute", TRUST_PROXY: "1" });
    const begin = async (chain: string) => (await siege.begin("When?", { "x-forwarded-for": chain })).status;
    const spoofed = [];
    for (let index = 0; index < 4; index++) spoofed.push(await begin(`1.1.1.${index}, 9.9.9.9`));
    expect(spoofed).toEqual([200, 200, 429, 429]);
    expect(await begin("9.9.9.9, 8.8.8.8")).toBe(200);
  });
});

describe("at once", () => {
  it("32: of a burst exactly the allowed number is answered, and turns without readers count", async () => {
    const siege = await besiege({ ADDRESS_STREAMS: "5", UPSTREAM_IDLE_SECONDS: "60" });
    siege.upstream.answerQuestions((response) => stream(response, ["At "], false));
    const leaving = times(40, () => new AbortController());
    const told = await Promise.all(
      leaving.map((controller, index) =>
        siege.start(
          "When?",
          `00000000-0000-4000-a000-0000000001${index + 10}`,
          { origin: site },
          controller.signal,
        ),
      ),
    );
    expect(told.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(told.filter(({ status }) => status === 429)).toHaveLength(35);
    for (const controller of leaving) controller.abort();
    await pause(200);
    expect((await siege.begin()).status).toBe(429);
    expect(siege.upstream.asked()).toHaveLength(5);
  });

  it("37: four hundred questions spend exactly the budget of fifty", async () => {
    const siege = await besiege({ DAY_BUDGET: "50", UPSTREAM_CONCURRENCY: "400" });
    expect(await statuses(times(400, () => siege.begin()))).toEqual({ 200: 50, 429: 350 });
    expect(siege.upstream.asked()).toHaveLength(50);
    const refused = await siege.begin();
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(await refused.text()).toContain('"budget-used-up"');
  }, 30_000);

  it("37: a query that upstream rejected is given back once, and one that it accepted and failed stays spent", async () => {
    const siege = await besiege({ DAY_BUDGET: "3" });
    siege.upstream.answerAll((response) => json(response, 401, {}));
    for (let index = 0; index < 5; index++) expect((await siege.begin()).status).toBe(502);
    for (const status of [400, 404, 413, 422, 429]) {
      siege.upstream.wellBehaved();
      siege.upstream.answerQuestions((response) => json(response, status, {}));
      expect((await siege.begin()).status).toBeGreaterThanOrEqual(400);
    }
    siege.upstream.wellBehaved();
    expect((await siege.begin()).status).toBe(200);
    siege.upstream.answerQuestions((response) => json(response, 500, {}));
    expect((await siege.begin()).status).toBe(502);
    siege.upstream.wellBehaved();
    expect((await siege.begin()).status).toBe(200);
    expect((await siege.begin()).status).toBe(429);
  });

  it("37: what was stopped while it waited for its place upstream is given back", async () => {
    const siege = await besiege({ DAY_BUDGET: "4", UPSTREAM_CONCURRENCY: "1", UPSTREAM_IDLE_SECONDS: "60" });
    const mine = openedBy(await readEvents(await siege.begin()));
    const hers = openedBy(await readEvents(await siege.begin()));
    siege.upstream.answerQuestions((response) => stream(response, ["At "], false));
    const [first, second] = ["00000000-0000-4000-a000-000000000001", "00000000-0000-4000-a000-000000000002"];
    const answering = await siege.follow(mine, "And then?", first);
    const waiting = siege.follow(hers, "And then?", second);
    const stopped = async () => (await siege.within(hers, "DELETE", `/turns/${second}`)).status;
    await expect.poll(stopped).toBe(204);
    expect((await readEvents(await waiting)).at(-1)).toMatchObject({
      event: "done",
      data: { stopped: true },
    });
    await siege.within(mine, "DELETE", `/turns/${first}`);
    await answering.text();
    expect(siege.upstream.asked()).toHaveLength(3);
    siege.upstream.wellBehaved();
    expect((await siege.begin()).status).toBe(200);
    expect((await siege.begin()).status).toBe(429);
  });

  it("42: a script that discards its token each time meets the limit on new visitors, others do not", async () => {
    const siege = await besiege({ NEW_VISITOR_LIMIT: "2/minute" });
    const mine = openedBy(await readEvents(await siege.begin()));
    expect(await statuses(times(5, () => siege.begin()))).toEqual({ 200: 1, 429: 4 });
    expect((await siege.follow(mine, "And then?")).status).toBe(200);
  });

  it("42: a visitor's first question counts as theirs, like all later ones", async () => {
    const siege = await besiege({ VISITOR_LIMIT: "2/hour" });
    const mine = openedBy(await readEvents(await siege.begin()));
    expect((await siege.follow(mine, "And then?")).status).toBe(200);
    expect((await siege.follow(mine, "And after that?")).status).toBe(429);
  });

  it("43: a question sent ten times at once is one upstream message and one query of the budget", async () => {
    const siege = await besiege({ DAY_BUDGET: "1" });
    const turn = "00000000-0000-4000-a000-000000000001";
    expect(await statuses(times(10, () => siege.start("When?", turn, { origin: site })))).toEqual({
      200: 10,
    });
    expect(siege.upstream.asked()).toHaveLength(1);
  });
});

describe("41: the work asked of a newcomer", () => {
  it("is not demanded because of tries that a limit refused", async () => {
    const siege = await besiege({
      PROOF_OF_WORK: "busy",
      NEW_VISITOR_LIMIT: "1/hour",
      TRUST_PROXY: "1",
    });
    const from = (address: string) => siege.begin("When?", { "x-forwarded-for": address });
    expect(await statuses(times(80, () => from("10.0.0.1")))).toEqual({ 200: 1, 429: 79 });
    expect((await from("10.0.0.2")).status).toBe(200);
  });

  const refusal = v.object({
    problem: v.object({
      code: v.literal("not-allowed"),
      proof: v.object({ parameters: v.looseObject({}), signature: v.string() }),
    }),
  });

  it("is done once for one conversation on one site, and no forgery of it passes", async () => {
    const siege = await besiege({ PROOF_OF_WORK: "always" });
    const begin = (proof: unknown, origin = site) =>
      siege.begin("When?", {
        origin,
        ...(proof === null ? {} : { "visitor-proof": Buffer.from(JSON.stringify(proof)).toString("base64") }),
      });
    const asked = await begin(null);
    expect(asked.status).toBe(403);
    const wire: unknown = await asked.json();
    const { proof: challenge } = v.parse(refusal, wire).problem;
    const bare: Parameters<typeof solveChallenge>[0]["challenge"] = JSON.parse(JSON.stringify(challenge));
    const solution = await solveChallenge({ challenge: bare, deriveKey });
    const easier = { ...challenge, parameters: { ...challenge.parameters, cost: 1, keyPrefix: "" } };
    const later = { ...challenge, parameters: { ...challenge.parameters, expiresAt: 9_999_999_999 } };
    for (const forged of [{}, { challenge }, { challenge: easier, solution }, { challenge: later, solution }])
      expect((await begin(forged)).status).toBe(403);
    expect((await begin({ challenge, solution }, "https://shop.example.org")).status).toBe(403);
    expect((await begin({ challenge, solution })).status).toBe(200);
    expect((await begin({ challenge, solution })).status).toBe(403);
    expect(siege.upstream.asked()).toHaveLength(1);
  });
});

it("44: a service that is down is left alone after a few failures, and visitors are told when to come back", async () => {
  const siege = await besiege({});
  siege.upstream.answerAll((response) => json(response, 503, "<html>down</html>"));
  for (let index = 0; index < 20; index++) await siege.begin();
  expect(siege.upstream.heard.length).toBeLessThanOrEqual(11);
  const refused = await siege.begin();
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
});

it("44: a service that begins conversations but answers none is left alone as well", async () => {
  const siege = await besiege({ TRUST_PROXY: "1" });
  siege.upstream.answerQuestions((response) => json(response, 500, {}));
  for (let index = 0; index < 20; index++)
    await siege.begin("When?", { "x-forwarded-for": `203.0.113.${index}` });
  expect(siege.upstream.asked().length).toBeLessThanOrEqual(11);
});

it("49: the owner's switch stops a site's questions within moments, without a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pause-"));
  undo.push(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "paused");
  const siege = await besiege({ PAUSE_FILE: file });
  expect((await siege.begin()).status).toBe(200);
  writeFileSync(file, `${site}\n`);
  await pause(1100);
  expect((await siege.begin()).status).toBe(502);
  expect((await siege.begin("When?", { origin: "https://shop.example.org" })).status).toBe(200);
  rmSync(file);
  await pause(1100);
  expect((await siege.begin()).status).toBe(200);
});
