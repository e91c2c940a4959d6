/** Tests of the request limit, and of attempts to evade it. */
import { Hono } from "hono";
import { expect, it } from "vitest";
import { refusalParts, Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import { createRequestLimits } from "./request-limit.ts";

function limited({ trusted = 0, max = 3, capacity = 1000 } = {}) {
  const time = { now: 1_790_000_000_000 };
  const app = new Hono<RequestContext>();
  const rates = [{ max, seconds: 60 }];
  const limits = createRequestLimits({ rates, trusted, clock: () => time.now, capacity });
  app.use(limits.address);
  app.use("/v1/*", limits.calls);
  app.use("/files/*", limits.files);
  app.use("/probes/*", limits.probes);
  app.use("/nothing/*", (c) => {
    limits.stranger(c);
    throw new Refused("not-found");
  });
  app.get("*", (c) => c.text(String(c.get("address"))));
  app.onError((error, c) => {
    if (!(error instanceof Refused)) throw error;
    const { body, status, headers } = refusalParts(error);
    return c.newResponse(body, { status, headers });
  });
  return {
    time,
    ask: async (address?: string, headers: Record<string, string> = {}, path = "/v1/agents/default") =>
      app.fetch(new Request(`http://chat.example.com${path}`, { headers }), { address }),
  };
}

it("an address may send a number of requests and is then told how long to wait", async () => {
  const { ask, time } = limited();
  for (let n = 0; n < 3; n++) expect((await ask("1.2.3.4")).status).toBe(200);
  const refused = await ask("1.2.3.4");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(await refused.json()).toMatchObject({ problem: { code: "too-many", retryAfter: 60 } });
  expect((await ask("5.6.7.8")).status).toBe(200);
  time.now += 60_000;
  expect((await ask("1.2.3.4")).status).toBe(200);
});

it("no header of a client gets it another bucket", async () => {
  const { ask } = limited();
  const statuses: number[] = [];
  for (let n = 0; n < 20; n++)
    for (const name of ["x-forwarded-for", "x-real-ip", "cf-connecting-ip", "true-client-ip", "forwarded"])
      statuses.push(
        (await ask("1.2.3.4", { [name]: `${name === "forwarded" ? "for=" : ""}10.0.0.${n}` })).status,
      );
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
});

it("behind a proxy of the owner's, visitors are told apart, and still cannot hide", async () => {
  const { ask } = limited({ trusted: 1 });
  for (let n = 0; n < 3; n++) {
    const response = await ask("127.0.0.1", { "x-forwarded-for": `10.0.0.${n}, 1.2.3.4` });
    expect(await response.text()).toBe("1.2.3.4");
  }
  expect((await ask("127.0.0.1", { "x-forwarded-for": "10.9.9.9, 1.2.3.4" })).status).toBe(429);
  expect((await ask("127.0.0.1", { "x-forwarded-for": "1.2.3.5" })).status).toBe(200);
});

it("a thousand addresses of one /64 share one limit", async () => {
  const { ask } = limited();
  const statuses: number[] = [];
  for (let n = 0; n < 1000; n++) statuses.push((await ask(`2001:db8:1:2::${n.toString(16)}`)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
});

it("requests of which no address is known share one limit", async () => {
  const { ask } = limited();
  for (let n = 0; n < 3; n++) expect(await (await ask()).text()).toBe("null");
  expect((await ask()).status).toBe(429);
});

it("a flood of addresses is refused rather than stored", async () => {
  const { ask } = limited({ capacity: 10 });
  for (let n = 0; n < 10; n++) await ask(`10.0.0.${n}`);
  expect((await ask("10.0.1.0")).status).toBe(429);
  expect((await ask("10.0.0.1")).status).toBe(200);
});

it("files, probes and what is refused anyhow are counted too, each by itself, files and probes more generously", async () => {
  const { ask } = limited({ max: 3 });
  const passed = async (path: string, tries: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < tries; n++) statuses.push((await ask("1.2.3.4", {}, path)).status);
    return statuses.filter((status) => status !== 429).length;
  };
  expect(await passed("/nothing/here", 20)).toBe(3);
  expect(await passed("/files/widget.js", 40)).toBe(12);
  expect(await passed("/probes/healthz", 1000)).toBe(600);
  expect(await passed("/v1/agents/default", 20)).toBe(3);
  expect((await ask("5.6.7.8", {}, "/nothing/here")).status).toBe(404);
});
