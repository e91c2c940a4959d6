/** Tests of when log lines are written. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createLog } from "./create-log.ts";

const folder = mkdtempSync(join(tmpdir(), "log-"));
const file = join(folder, "log");
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is a moment after the current work, in their order, however many there are", async () => {
  const log = createLog("info", file);
  for (let count = 0; count < 2000; count++) log.info({ count }, "a line that says something");
  const written = () => readFileSync(file, "utf8").trim().split("\n");
  await expect.poll(() => written().length).toBe(2000);
  const counts = written().map((line) => /"count":(\d+)/.exec(line)?.[1]);
  expect(counts).toEqual(Array.from({ length: 2000 }, (_, count) => String(count)));
});
