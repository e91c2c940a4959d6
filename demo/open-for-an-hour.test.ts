/** A chat that is left open for an hour fetches none of its files a second time. */
import { expect, it } from "vitest";
import { readBuiltFiles } from "./testing/chaos/two-tabs.ts";
import { openStage } from "./testing/tab/stage.ts";

const files = readBuiltFiles();

/** A stage that records each requested file; the late ones take 20 seconds the first time. */
function openNotingStage(isLate: (path: string) => boolean) {
  const fetched: string[] = [];
  const stage = openStage(async (address) => {
    const { pathname } = new URL(address);
    const isFirst = !fetched.includes(pathname);
    fetched.push(pathname);
    if (isFirst && isLate(pathname))
      await new Promise<void>((resolve) => void stage.service.time.schedule(20_000, resolve));
    return files.get(pathname) ?? Promise.reject(new Error(`There is no ${address}.`));
  }, {});
  return { fetched, stage };
}

it("fetches each file once while it is left open", async () => {
  const { fetched, stage } = openNotingStage(() => false);
  const visitor = await stage.opened();
  await visitor.send("What is it?");
  await visitor.pressUntil(() => visitor.isAnswered("What is it?"));
  await stage.service.time.pass(3_600_000);
  expect(fetched.length).toBeGreaterThan(3);
  expect(fetched).toEqual([...new Set(fetched)]);
  stage.close();
});

it("fetches a late file at most twice", async () => {
  const { fetched, stage } = openNotingStage((path) => path.startsWith("/assets/") && !/main-/.test(path));
  const visitor = await stage.opened();
  await visitor.send("What is it?");
  await visitor.pressUntil(() => visitor.isAnswered("What is it?"));
  await stage.service.time.pass(3_600_000);
  expect(visitor.isAnswered("What is it?")).toBe(true);
  const times = (path: string) => fetched.filter((each) => each === path).length;
  expect(fetched.filter((path) => times(path) > 2)).toEqual([]);
  stage.close();
});
