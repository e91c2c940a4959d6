/** A question that is stopped before the file that sends it is loaded is never sent. */
import { expect, it } from "vitest";
import { readBuiltFiles } from "./testing/chaos/two-tabs.ts";
import { lazyFileWith } from "./testing/lazy-files.ts";
import { openStage } from "./testing/tab/stage.ts";

const files = readBuiltFiles();
const sender = lazyFileWith("createProxyClient");

it("sends no question that was stopped before it could be sent, and the next one once", async () => {
  const arrivals: (() => void)[] = [];
  const stage = openStage(async (address) => {
    const { pathname } = new URL(address);
    const text = files.get(pathname);
    if (text === undefined) throw new Error(`There is no ${address}.`);
    if (sender.test(pathname)) await new Promise<void>((resolve) => arrivals.push(resolve));
    return text;
  }, {});
  const visitor = await stage.opened();
  await visitor.send("What is it?");
  await visitor.waitUntil(() => visitor.shown("What is it?") > 0);
  await stage.service.time.pass(1_000);
  expect(visitor.press('[part~="stop"]')).toBe(true);
  expect(arrivals).toHaveLength(1);
  for (const arrive of arrivals) arrive();
  await stage.service.time.pass(60_000);
  expect(visitor.text()).toContain("You stopped this answer.");
  expect([...stage.service.asked.keys()]).toEqual([]);
  await visitor.send("And that?");
  expect(await visitor.pressUntil(() => visitor.isAnswered("And that?"))).toBeNull();
  expect([...stage.service.asked]).toEqual([["And that?", 1]]);
  stage.close();
});
