/** The plugin's page as optimising plugins leave it: there is one chat, and it has the owner's settings. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { chatOn } from "../../demo/testing/chat-page.ts";
import { startTestDemo, type TestDemo } from "../../demo/testing/test-demo.ts";
import { installPlugin, setUp, signIn } from "./testing/admin.ts";
import { type Optimised, optimisers } from "./testing/optimisers.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

let browser: Browser;
let site: WordPressSite;
let proxy: TestDemo;
let plain: string;

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), startWordPress(testedVersion)]);
  proxy = await startTestDemo({ environment: { ALLOWED_ORIGINS: site.address.slice(0, -1) } });
  const { page, context } = await visit(browser);
  await signIn(page, site);
  await installPlugin(page, site);
  await setUp(page, site, proxy.address);
  site.php(
    `$all = \\CustomGptWidget\\settings(); $all['widget']['title'] = 'Harbour Books'; update_option( 'customgpt_widget', $all );`,
  );
  await context.close();
  plain = await (await fetch(site.address)).text();
});
afterAll(async () => {
  await browser.close();
  await Promise.all([site.stop(), proxy.close()]);
});

/** Has the site serve the front page as optimised, and the files that the optimiser made. */
function serve({ html, files }: Optimised): string {
  site.addFile("optimised.html", html);
  for (const [path, body] of Object.entries(files)) site.addFile(path, body);
  return `${site.address}optimised.html`;
}

describe("the front page", () => {
  it.each(Object.entries(optimisers))("%s: one chat with the owner's settings", async (_, optimise) => {
    const { page, context, complaints } = await visit(browser);
    await page.goto(serve(optimise(plain, readFileSync("dist/widget/widget.js", "utf8"))));
    await page.mouse.move(100, 100);
    await page.mouse.move(200, 200);
    await page.locator("customgpt-widget").waitFor({ state: "attached" });
    const chat = chatOn(page);
    await chat.open();
    expect(await page.locator("customgpt-widget").count()).toBe(1);
    expect(await chat.panel.innerText()).toContain("Harbour Books");
    await chat.ask("How do I run the proxy?");
    await chat.answered();
    await expect.poll(() => chat.answer.innerText()).not.toBe("");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("asks optimisers to leave the script alone, unless the owner wants otherwise", async () => {
    expect(plain).toMatch(/<script(?=[^>]*customgpt-widget-js)[^>]*data-no-optimize="1"/);
    const excluded = () =>
      site.php(
        `echo wp_json_encode( array( apply_filters( 'autoptimize_filter_js_exclude', 'jquery.js' ), apply_filters( 'rocket_delay_js_exclusions', array() ) ) );`,
      );
    expect(excluded()).toMatch(/jquery\.js, chat-widget.*\[".*widget\.js"/);
    site.php(
      `$all = \\CustomGptWidget\\settings(); $all['site']['optimisers'] = false; update_option( 'customgpt_widget', $all );`,
    );
    expect(excluded()).toBe('["jquery.js",[]]');
    expect(await (await fetch(site.address)).text()).not.toContain("data-no-optimize");
  });
});
