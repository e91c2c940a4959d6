/** Attacks by rejected questions, and by known ids, texts and tokens of others. */
import { describe, expect, it } from "vitest";
import { openedBy } from "../testing/exchange.ts";
import { readEvents } from "../testing/read-events.ts";
import { json } from "./testing/hostile-upstream.ts";
import { siegesOfEachTest, type Siege } from "./testing/siege.ts";

const { besiege } = siegesOfEachTest();

describe("a question that the service refuses", () => {
  const refuse = (siege: Siege, status: number) =>
    siege.upstream.answerQuestions((response) => json(response, status, {}));

  it.each(["ADDRESS_LIMIT", "NEW_VISITOR_LIMIT", "AGENT_LIMIT", "TOTAL_LIMIT"])(
    "66: counts for %s like any other, and only its query is given back",
    async (limit) => {
      const siege = await besiege({ [limit]: "3/minute", DAY_BUDGET: "1" });
      refuse(siege, 422);
      const told: number[] = [];
      for (let tries = 0; tries < 5; tries++) told.push((await siege.begin()).status);
      expect(told).toEqual([400, 400, 400, 429, 429]);
    },
  );

  it.each(["text/event-stream", "application/json"])(
    "66: only in the %s of an answer it had accepted, spends its query and is not asked again by the same name",
    async (type) => {
      const siege = await besiege({ DAY_BUDGET: "3" });
      const mine = openedBy(await readEvents(await siege.begin()));
      const error = JSON.stringify({ status: "error", data: { code: 400, message: "Bad" } });
      siege.upstream.answerQuestions((response) => {
        response.writeHead(200, { "content-type": type });
        response.end(type === "application/json" ? error : `data: ${error}\n\n`);
      });
      const turn = "00000000-0000-4000-a000-000000000002";
      const told: number[] = [];
      for (const name of [turn, turn, undefined, undefined])
        told.push((await siege.follow(mine, "When?", name)).status);
      expect(told).toEqual([400, 400, 400, 429]);
      expect(siege.upstream.asked()).toHaveLength(3);
    },
  );

  it("66: counts for its visitor like any other, by the same name or by new ones", async () => {
    const siege = await besiege({ VISITOR_LIMIT: "4/minute", DAY_BUDGET: "2" });
    const mine = openedBy(await readEvents(await siege.begin()));
    refuse(siege, 422);
    const turn = "00000000-0000-4000-a000-000000000001";
    const told: number[] = [];
    for (const name of [turn, turn, undefined, undefined, turn])
      told.push((await siege.follow(mine, "When?", name)).status);
    expect(told).toEqual([400, 400, 400, 429, 429]);
  });

  it("66: leaves no empty conversation behind at the service", async () => {
    const siege = await besiege();
    refuse(siege, 422);
    for (let tries = 0; tries < 3; tries++) expect((await siege.begin()).status).toBe(400);
    const heard = (method: string, path: RegExp) =>
      siege.upstream.heard.filter((each) => each.method === method && path.test(each.target)).length;
    await expect.poll(() => heard("DELETE", /\/conversations\/[\w-]+$/)).toBe(3);
    expect(heard("POST", /\/conversations$/)).toBe(3);
  });

  it("66: of many addresses leaves none behind either, and takes nothing of what reading may take", async () => {
    const siege = await besiege({ TRUST_PROXY: "1", UPSTREAM_CALLS_PER_MINUTE: "120" });
    const mine = openedBy(await readEvents(await siege.begin()));
    refuse(siege, 422);
    for (let tries = 0; tries < 35; tries++)
      expect((await siege.begin("?", { "x-forwarded-for": `203.0.113.${tries}` })).status).toBe(400);
    const deleted = () => siege.upstream.heard.filter(({ method }) => method === "DELETE").length;
    await expect.poll(deleted, { timeout: 5000 }).toBe(35);
    expect((await siege.within(mine, "GET", "/messages")).status).toBe(200);
  }, 20_000);
});
