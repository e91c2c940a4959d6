/** The built widget in a real Chromium: what a streaming answer costs beside the naive way, and a thousand turns on a slow phone. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../testing/browser.ts";
import { openPretendProxy, type PretendProxy } from "../testing/pretend-proxy.ts";
import { longConversation } from "./long-conversation.ts";
import { streamedByUs, streamedNaively } from "./streaming.ts";
import { conversationTable, streamTable } from "./table.ts";

/** `BENCH_ROUNDS=1` is quick, more are steadier. */
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);

let browser: Browser;
let proxy: PretendProxy;
beforeAll(async () => {
  [browser, proxy] = await Promise.all([openBrowser(), openPretendProxy()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await proxy.close();
});

async function times<Result>(measure: () => Promise<Result>): Promise<Result[]> {
  const found: Result[] = [];
  for (let round = 0; round < rounds; round++) found.push(await measure());
  return found;
}

it("is measured", { timeout: 1_800_000 }, async () => {
  const sizes = (of: (size: number) => Promise<Awaited<ReturnType<typeof streamedByUs>>>) =>
    times(() => of(20_000)).then(async (small) => ({ small, large: await times(() => of(100_000)) }));
  const found = {
    short: await times(() => longConversation(browser, proxy, 1)),
    long: await times(() => longConversation(browser, proxy, 1000)),
    ours: await sizes((size) => streamedByUs(browser, proxy, size)),
    naive: await sizes((size) => streamedNaively(browser, proxy, size)),
  };
  const note =
    "naive: marked, DOMPurify and innerHTML at every piece, measured at 24 frames spread over the answer";
  process.stdout.write(`\n${streamTable(found)}\n${note}\n\n${conversationTable(found)}\n`);
  expect(found.ours.large).toHaveLength(rounds);
});
