/** Tests of the report, at the start and in the log, on an agent that does not answer. */
import { afterEach, expect, it } from "vitest";
import { openBakery, type Bakery } from "../testing/bakery.ts";

let bakery: Bakery | null = null;
afterEach(async () => {
  await bakery?.close();
  bakery = null;
});

async function troubles(
  environment: Record<string, string>,
  before: (bakery: Bakery) => void = () => {},
  waitMs = 20_000,
) {
  bakery = await openBakery(environment);
  before(bakery);
  const checked = await bakery.proxy.checkAgents(waitMs);
  return checked.map(({ alias, trouble }) => [alias, trouble]);
}

it("an agent that answers has no error, and one under another alias is checked as well", async () => {
  expect(await troubles({ AGENTS: "help=999" })).toEqual([
    ["default", null],
    ["help", expect.stringMatching(/knows no such project: correct AGENTS.*\(404 agent not found/)],
  ]);
});

it("an agent that still reads its pages is said to", async () => {
  const next = 1244;
  bakery = await openBakery({ AGENTS: `new=${next}` });
  expect(bakery.standin.seed({ name: "Unread", pages: [] })).toBe(next);
  const checked = await bakery.proxy.checkAgents(20_000);
  expect(checked.map(({ alias, trouble, isReady }) => [alias, trouble, isReady])).toEqual([
    ["default", null, true],
    ["new", null, false],
  ]);
});

it("a refused key is called that, and the log's line names its variable too", async () => {
  const [found] = await troubles({ CUSTOMGPT_API_KEY: "5|not-the-key" });
  expect(found?.[1]).toMatch(/^CustomGPT\.ai refused the key: correct CUSTOMGPT_API_KEY/);
  const lines = bakery?.logged.filter((line) => line.includes("agent-unavailable")) ?? [];
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/"mend":"CustomGPT\.ai refused the key: correct CUSTOMGPT_API_KEY/);
  expect(lines[0]).not.toContain("not-the-key");
});

it("a visitor's question that the key is refused for is logged with the variable's name as well", async () => {
  bakery = await openBakery({ CUSTOMGPT_API_KEY: "5|not-the-key" });
  expect((await bakery.start("When?")).status).toBe(502);
  expect(bakery.logged.join("\n")).toMatch(/"call":"begin".*CUSTOMGPT_API_KEY/);
});

it("a project that is not there names the project's variable", async () => {
  const [found] = await troubles({ CUSTOMGPT_PROJECT_ID: "999" });
  expect(found?.[1]).toMatch(/knows no such project: correct CUSTOMGPT_PROJECT_ID/);
});

it("a key that may not use the agent names both", async () => {
  const [found] = await troubles({}, ({ standin }) => void standin.faults.on("forbidden"));
  expect(found?.[1]).toMatch(/does not let this key.*CUSTOMGPT_API_KEY and CUSTOMGPT_PROJECT_ID/);
});

it("a service that is not there is called unreachable, with its address", async () => {
  const [found] = await troubles({ CUSTOMGPT_BASE_URL: "http://127.0.0.1:9/api/v1" });
  expect(found?.[1]).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:9\/api\/v1.*CUSTOMGPT_BASE_URL/);
});

it("a silent service is waited for up to a timeout", async () => {
  const began = performance.now();
  const stall = ({ standin }: Bakery) => void standin.faults.on("stalled-before-headers");
  const [found] = await troubles({}, stall, 300);
  expect(found?.[1]).toMatch(/cannot be reached.*no answer within 0\.3 seconds/);
  expect(performance.now() - began).toBeLessThan(3000);
});

it("a failure of the service itself is not blamed on the owner", async () => {
  const [found] = await troubles({}, ({ standin }) => void standin.faults.on("bad-gateway"));
  expect(found?.[1]).toMatch(/answers with an error just now \(502/);
  expect(found?.[1]).not.toMatch(/CUSTOMGPT_[A-Z]/);
});
