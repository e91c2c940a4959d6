/** Benchmark of our proxy against nginx with a bare `proxy_pass`, bare Node, and no proxy: medians and ratios. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { bare, ours, type Candidate } from "./candidates.ts";
import * as measure from "./measures.ts";
import { startOrigin, type Origin } from "./origin.ts";
import { startBareNode, startNginx, startOurs, takeSecondCore } from "./processes.ts";
import { table } from "./table.ts";

/** `BENCH_ROUNDS=1` is quick, more are steadier. */
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const openStreams = Number(process.env["BENCH_STREAMS"] ?? 1000);

let origin: Origin;
let candidates: Candidate[];
beforeAll(async () => {
  takeSecondCore();
  origin = await startOrigin();
  const nginx = await startNginx(origin.port);
  const node = await startBareNode(origin.port);
  const proxy = await startOurs(origin.port, process.env["BENCH_NODE"]?.split(" "));
  candidates = [
    bare("direct", origin.port, null),
    bare("nginx", nginx.port, nginx),
    bare("bare node", node.port, node),
    ours(proxy),
  ];
}, 30_000);
afterAll(async () => {
  for (const { program } of candidates) await program?.stop();
  await origin.close();
});

it("is compared", { timeout: 600_000 }, async () => {
  const found = new Map<string, measure.Figures[]>(candidates.map(({ name }) => [name, []]));
  // Node's compiler takes its time.
  for (const candidate of [...candidates, ...candidates.slice(2)]) await round(candidate, true);
  for (let number = 0; number < rounds; number++) {
    for (const candidate of candidates) found.get(candidate.name)?.push(await round(candidate, false));
  }
  for (const candidate of candidates.slice(1)) found.get(candidate.name)?.push(await once(candidate));
  process.stdout.write(`\n${table(found)}\n`);
  expect(found.get("ours")).toHaveLength(rounds + 1);
});

/** Measured in every round, one candidate after the other. */
async function round(candidate: Candidate, isWarmUp: boolean): Promise<measure.Figures> {
  const all = await measure.visitors(candidate, 40);
  const [first] = all;
  if (!first) throw new Error("Nobody came.");
  const figures = {
    ...(await measure.firstEvents(first, 100)),
    ...(await measure.pacedStreams(candidate, all)),
    ...(await measure.burstStreams(candidate, all.slice(0, 32))),
    ...(await measure.jsonRequests(candidate, all.slice(0, 32), isWarmUp ? 3000 : 2000)),
    ...(await measure.stops(candidate, origin, 20)),
  };
  for (const { connection } of all) connection.close();
  return figures;
}

/** Measured once: it takes long, or leaves a process larger than before. */
async function once(candidate: Candidate): Promise<measure.Figures> {
  const slow = await measure.visitors(candidate, openStreams);
  const memory = await measure.slowStreams(candidate, slow);
  for (const { connection } of slow) connection.close();
  const stuck = await measure.stuckReaders(candidate, await measure.visitors(candidate, 100), origin);
  return { ...memory, ...stuck };
}
