/** Accessibility rules that a part of a page breaks, by axe. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

/** Waits for the lazy file that lets the keyboard scroll what is too wide; where it does not, axe reports that. */
async function wideBlocksWatched(page: Page, place: string): Promise<void> {
  const blocks = page.locator(`${place} :is(pre, .table, .part):not([tabindex])`);
  const unwatched = () =>
    blocks.evaluateAll(
      (all) =>
        all.filter(
          (each) => each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX !== "visible",
        ).length,
    );
  await expect.poll(unwatched, { timeout: 10_000 }).toBe(0);
}

/** One line for each broken rule: its name and elements. `unless` names rules that do not apply there. */
export function rulesBroken(
  page: Page,
  place = "customgpt-widget",
  unless: readonly string[] = [],
): Promise<string[]> {
  return run(page, place, { rules: Object.fromEntries(unless.map((rule) => [rule, { enabled: false }])) });
}

/** The same for contrast alone, the one rule that an owner's colour can break, in a third of the time. */
export function contrastBroken(page: Page, place = "customgpt-widget"): Promise<string[]> {
  return run(page, place, { runOnly: ["color-contrast"] });
}

type AxeOptions = { rules: Record<string, { enabled: boolean }> } | { runOnly: string[] };

async function run(page: Page, place: string, options: AxeOptions): Promise<string[]> {
  await wideBlocksWatched(page, place).catch(() => {});
  // Evaluated through the debugger, because a page's own policy would refuse a script element.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return page.evaluate(
    async ({ place, options }) => {
      const run: unknown = Reflect.get(window, "axe");
      if (typeof run !== "object" || run === null) throw new Error("axe is not there");
      const { violations } = await Reflect.get(run, "run").call(run, place, {
        ...options,
        // Passed rules are not reported, which would take most of the time.
        resultTypes: ["violations"],
      });
      return violations.map((each: { id: string; nodes: { target: unknown }[] }) =>
        [each.id, ...each.nodes.map((node) => JSON.stringify(node.target))].join(" "),
      );
    },
    { place, options },
  );
}
