/** Tests of operators' probes. */
import { Hono } from "hono";
import { expect, it } from "vitest";
import { refusalParts, Refused } from "../http/errors.ts";
import type { ProblemCode } from "../protocol/problems.ts";
import type { RequestContext } from "../http/context.ts";
import { RedisAway } from "../redis/redis.ts";
import { createFakeUpstream } from "../testing/fake-upstream.ts";
import { createManualTime, settled } from "../testing/manual-time.ts";
import { UpstreamFailure } from "../upstream/errors.ts";
import { healthy, ready } from "./health.ts";
import { metrics } from "./metrics.ts";

type Health = {
  accepting: boolean;
  agent: boolean;
  redis: "none" | "ok" | "away";
  failure: ProblemCode;
};

async function probe(health: Partial<Health>, redisAway: "refuse" | "local" = "refuse") {
  const { accepting = true, agent = health.failure === undefined, redis = "none" } = health;
  const upstream = createFakeUpstream();
  if (!agent) upstream.failing.set("look", new UpstreamFailure(health.failure ?? "agent-unavailable", "401"));
  const run = () => (redis === "ok" ? Promise.resolve(1) : Promise.reject(new RedisAway("away")));
  const app = new Hono<RequestContext>();
  app.get(
    "/readyz",
    ready({
      agents: new Map([["default", 7]]),
      upstream,
      turns: { accepting },
      redis: redis === "none" ? null : { run },
      redisAway,
      clock: () => 0,
    }),
  );
  const response = await app.request("/readyz");
  return [response.status, await response.json()];
}

it("is ready when agent and Redis answer, and says no more than that", async () => {
  expect(await probe({ redis: "ok" })).toEqual([200, { status: "ready", upstream: "ok", redis: "ok" }]);
  expect(await probe({})).toEqual([200, { status: "ready", upstream: "ok", redis: "none" }]);
});

it("is not ready without its agent, nor while it is told to stop", async () => {
  expect(await probe({ agent: false })).toEqual([
    503,
    { status: "not ready", upstream: "away", redis: "none" },
  ]);
  expect(await probe({ accepting: false })).toMatchObject([503, { status: "stopping" }]);
});

it.each(["upstream-busy", "budget-used-up"] as const)(
  "stays ready while the service is left alone for now (%s), and says so",
  async (failure) => {
    expect(await probe({ failure })).toEqual([200, { status: "ready", upstream: "paused", redis: "none" }]);
  },
);

it("is not ready without Redis, unless its owner lets each instance count by itself then", async () => {
  expect(await probe({ redis: "away" })).toMatchObject([503, { status: "not ready", redis: "away" }]);
  expect(await probe({ redis: "away" }, "local")).toMatchObject([200, { status: "ready", redis: "away" }]);
});

const unlimited = { stranger: () => {} };

function withErrors() {
  const app = new Hono<RequestContext>();
  app.onError((error, c) => {
    const { body, status, headers } = refusalParts(
      error instanceof Refused ? error : new Refused("upstream-down"),
    );
    return c.newResponse(body, { status, headers });
  });
  return app;
}

it("writes five pieces 200 ms apart, for few clients at once, and releases those that disconnect", async () => {
  const time = createManualTime();
  const app = withErrors();
  app.get("/healthz", healthy({ schedule: time.schedule }, unlimited));
  const response = await app.request("/healthz?stream");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  const reader = response.body?.getReader();
  const read = async () => new TextDecoder().decode((await reader?.read())?.value);
  for (let piece = 1; piece <= 5; piece++) {
    expect(await read()).toBe(`: piece ${piece} of 5\n\n`);
    await time.pass(200);
    await settled();
  }
  expect((await reader?.read())?.done).toBe(true);

  const many: Response[] = [];
  for (let number = 0; number < 9; number++) many.push(await app.request("/healthz?stream"));
  expect(many.map(({ status }) => status)).toEqual([...Array<number>(8).fill(200), 503]);
  for (const each of many) await each.body?.cancel();
  expect((await app.request("/healthz?stream")).status).toBe(200);
});

it("serves metrics to holders of the token; for others the path does not exist", async () => {
  const app = withErrors();
  app.get(
    "/metrics",
    metrics({ token: "a-token-of-the-operator", type: "text/plain", text: async () => "all" }, unlimited),
  );
  app.get("/none", metrics(null, unlimited));
  const status = async (path: string, authorization?: string) =>
    (await app.request(path, { headers: authorization === undefined ? {} : { authorization } })).status;
  expect(await status("/metrics", "Bearer a-token-of-the-operator")).toBe(200);
  for (const wrong of [
    undefined,
    "Bearer ",
    "Bearer a-token",
    "Bearer a-token-of-the-operatoR",
    "Basic a-token-of-the-operator",
  ])
    expect(await status("/metrics", wrong)).toBe(404);
  expect(await status("/none", "Bearer null")).toBe(404);
});
