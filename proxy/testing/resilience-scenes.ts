/** Scenes of a service that fails for everybody, rejects an agent or asks for a pause, for the proxy and the relay alike. */
import { describe, expect, it } from "vitest";
import { aboutHours } from "./bakery.ts";
import type { ContractOptions, ContractPlace } from "./contract-scenes.ts";
import { answerOf, readEvents, readRefusal } from "./read-events.ts";

const refusal = async (response: Promise<Response>) => readRefusal(await response);
const anySeconds = expect.any(Number);

/** Asks until the question is answered. */
async function untilAnswered(ask: () => Promise<Response>): Promise<string> {
  let answer = "";
  const statusOf = async () => {
    const response = await ask();
    if (response.status === 200) answer = answerOf(await readEvents(response));
    else await response.text();
    return response.status;
  };
  await expect.poll(statusOf, { interval: 300 }).toBe(200);
  return answer;
}

/** Names of the calls that the service gets during the work, `GET settings` where the place looks by itself. */
async function heardDuring(place: ContractPlace, work: () => Promise<unknown>): Promise<string[]> {
  const before = place.standin.seen.requests.length;
  await work();
  const heard = place.standin.seen.requests.slice(before);
  return heard.map(({ method, path }) => `${method} ${path.slice(path.lastIndexOf("/") + 1)}`);
}

export function playResilience({ open }: Pick<ContractOptions, "open">): void {
  describe("a service that", () => {
    it("asks for a pause where a conversation begins is left alone for that long", async () => {
      const place = await open();
      place.standin.faults.on("throttled", { call: "create-conversation", times: 1 });
      const busy = { status: 503, code: "upstream-busy" };
      expect(await refusal(place.start(aboutHours))).toEqual({ ...busy, retryAfter: 2 });
      const heard = await heardDuring(place, async () => {
        expect(await refusal(place.start(aboutHours))).toEqual({ ...busy, retryAfter: anySeconds });
      });
      expect(heard).toEqual([]);
      expect(await untilAnswered(() => place.start(aboutHours))).toContain("seven o’clock");
      await place.close();
    });

    it("asks one visitor to wait answers the others", async () => {
      const place = await open();
      const mine = await place.ask(aboutHours);
      const hers = await place.ask(aboutHours);
      place.standin.faults.on("throttled", { call: "send", times: 1 });
      const busy = { status: 503, code: "upstream-busy" };
      expect(await refusal(place.follow(mine, "And bread?"))).toEqual({ ...busy, retryAfter: 2 });
      const sent = place.standin.seen.count("send");
      expect(await refusal(place.follow(mine, "And rye?"))).toEqual({ ...busy, retryAfter: anySeconds });
      expect(place.standin.seen.count("send")).toBe(sent);
      expect((await readEvents(await place.follow(hers, "And rye?"))).at(-1)?.event).toBe("done");
      expect(await untilAnswered(() => place.follow(mine, "And rye?"))).not.toBe("");
      await place.close();
    });

    it("fails for everybody is asked no more but by a look of the place's own, until that succeeds", async () => {
      const place = await open();
      place.standin.faults.on("server-error");
      const codes = new Set<string>();
      const codeOfNext = async () => {
        const { code } = await refusal(place.start(aboutHours));
        codes.add(code);
        return code;
      };
      await expect.poll(codeOfNext).toBe("upstream-busy");
      expect([...codes]).toEqual(["upstream-down", "upstream-busy"]);
      const heard = await heardDuring(place, async () => {
        for (let tries = 0; tries < 12; tries++) {
          const found = await refusal(place.start(aboutHours));
          expect(found).toEqual({ status: 503, code: "upstream-busy", retryAfter: anySeconds });
        }
      });
      expect(heard.filter((call) => call !== "GET settings")).toEqual([]);
      place.standin.faults.allOff();
      expect(await untilAnswered(() => place.start(aboutHours))).toContain("seven o’clock");
      await place.close();
    });

    it("rejects the key is asked ten times, and the problem stays the same", async () => {
      const place = await open();
      place.standin.faults.on("unauthorized");
      for (let tries = 0; tries < 16; tries++)
        expect(await refusal(place.start(aboutHours))).toEqual({ status: 502, code: "agent-unavailable" });
      expect(place.standin.seen.count("create-conversation")).toBe(10);
      place.standin.faults.allOff();
      expect(await untilAnswered(() => place.start(aboutHours))).toContain("seven o’clock");
      await place.close();
    });
  });
}
