/** Tests of the metrics on a port of their own. */
import { expect, it } from "vitest";
import { startMeasuring } from "./start-metrics.ts";

const settings = { host: "127.0.0.1", metricsPort: 0, metricsToken: null, agents: new Map() };

it("are served to every client of the port", async () => {
  const measuring = await startMeasuring(settings);
  const response = await fetch(measuring.url ?? "");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("process_cpu_seconds_total");
  await measuring.close();
});

it("ask for the token there as well when there is one", async () => {
  const measuring = await startMeasuring({ ...settings, metricsToken: "an-operators-own-token" });
  const status = async (headers: Record<string, string>) =>
    (await fetch(measuring.url ?? "", { headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: "Bearer another-operators-token" })).toBe(401);
  expect(await status({ authorization: "Bearer an-operators-own-token" })).toBe(200);
  await measuring.close();
});
