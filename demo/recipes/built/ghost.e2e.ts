/** Ghost's own themes with the recipe's text where Ghost puts its code injection. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkshop, cache, type Workshop } from "../testing/workshop.ts";
import { ghostRelease } from "../versions.ts";

let shop: Workshop;

beforeAll(async () => {
  shop = await openWorkshop("ghost");
});
afterAll(() => shop.close());

function theme(words: readonly string[], input = ""): string {
  const ran = spawnSync(process.execPath, [".commands/recipes/ghost-theme.js", ...words], {
    encoding: "utf8",
    input,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

const noFooter = "GS040-GF-REQ";

describe.each(["source", "casper"])("the theme %s", (name) => {
  const folder = join(cache, `ghost-themes-${ghostRelease}`, name);

  it("has the place for code injection, and the check of themes warns when it is gone", () => {
    expect(theme(["check", folder])).not.toContain(noFooter);
    const without = join(shop.folder, "without");
    cpSync(folder, without, { recursive: true });
    const template = readFileSync(join(folder, "default.hbs"), "utf8");
    shop.write({ "without/default.hbs": template.replace("{{ghost_foot}}", "") });
    expect(theme(["check", without])).toContain(noFooter);
  });

  it.each(["index.hbs", "post.hbs"])("has one chat that answers on %s", async (template) => {
    cpSync(join(folder, "assets"), join(shop.folder, name, "assets"), { recursive: true });
    const foot = shop.printed("Code injection, Site footer");
    shop.write({ [`${name}/index.html`]: theme(["render", folder, template], foot) });
    shop.serve(name);
    const { page, chat, context } = await shop.enter("/");
    await chat.open();
    await chat.ask("How do I run the proxy?");
    expect(await chat.answered()).not.toBe("");
    expect(await page.locator("customgpt-widget").count()).toBe(1);
    await context.close();
  });
});
