/** Takes the pictures of the guide's page for WordPress: `npm run build:wordpress && npx vitest run --project guide-pictures`. */
import { writeFileSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { chatOn } from "../../demo/testing/chat-page.ts";
import { startStandin, type RunningStandin } from "../../proxy/servers/standin/start-standin.ts";
import { pluginArchive } from "./testing/lay-out.ts";
import { publish, relayFieldOf as fieldOf, save, settingsPage, signIn } from "./testing/admin.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

type Area = { x: number; y: number; width: number; height: number };

const hours = {
  url: "https://harbour-books.example/opening-hours",
  html: `<title>Opening hours</title><h1>When are you open?</h1><p>We open at nine in the morning, every day but Monday.
    We close at six, and at ten in the night on the day of the regatta.</p>`,
};
const front = `<!-- wp:paragraph --><p>New and second-hand books about the sea, at the harbour since 1987.</p><!-- /wp:paragraph -->`;

/** Narrow enough for a picture's words to be read on a phone. */
const screen = (height: number) => ({ viewport: { width: 600, height }, deviceScaleFactor: 1.6 });

let browser: Browser;
let service: RunningStandin;
let site: WordPressSite;
let admin: Page;
let agent: number;

beforeAll(async () => {
  [browser, service] = await Promise.all([openBrowser(), startStandin(0, { firstMs: 0, everyMs: 0 })]);
  const settings = { chatbot_color: "#1f6f8b", example_questions: [] };
  agent = service.standin.seed({ name: "Harbour Books", settings, pages: [hours] });
  site = await startWordPress("6.8", {
    fpmWorkers: 5,
    constants: { CUSTOMGPT_BASE_URL: service.base.href },
  });
  ({ page: admin } = await visit(browser, screen(900)));
  await signIn(admin, site);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([site.stop(), service.close()]);
});

/** Writes a part of a page as WebP, which Chromium's own canvas makes. */
async function keep(page: Page, name: string, clip: Area): Promise<void> {
  const png = (await page.screenshot({ clip, fullPage: true, animations: "disabled" })).toString("base64");
  const webp = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.82).replace(/^.*,/, "");
  }, png);
  writeFileSync(`demo/wordpress/pictures/${name}.webp`, Buffer.from(webp, "base64"));
}

/** From the top of one element to the bottom of another. */
async function between(first: Locator, last: Locator): Promise<Area> {
  await first.page().evaluate(() => window.scrollTo(0, 0));
  const [top, bottom] = [await first.boundingBox(), await last.boundingBox()];
  if (!top || !bottom) throw new Error("What the picture shows is not on the page.");
  const y = Math.max(46, top.y - 8);
  return { x: 0, y, width: 600, height: bottom.y + bottom.height - y };
}

it("the plugin is uploaded and switched on", async () => {
  await admin.goto(`${site.address}wp-admin/plugin-install.php?tab=upload`);
  await admin.setInputFiles("#pluginzip", pluginArchive());
  await keep(admin, "upload", await between(admin.locator(".wrap h1"), admin.locator(".wp-upload-form")));
  await admin.click("#install-plugin-submit");
  await admin.click('a[href*="action=activate"]');
  await admin.waitForURL(/plugins\.php/);
  const row = admin.locator('tr[data-plugin^="chat-widget-for-customgpt/"]');
  expect(await row.locator(".deactivate").count()).toBe(1);
  await keep(admin, "activated", await between(row, row));
});

it("the owner enters a key, chooses an agent and tests the connection", async () => {
  await admin.goto(site.address + settingsPage);
  await admin.getByLabel("Through this site itself").check();
  await fieldOf(admin, "key").fill(service.key);
  const heading = admin.locator(".customgpt-widget-settings form > h2").first();
  const key = admin.locator("tr.customgpt-widget-relay-key-row");
  await keep(admin, "key", await between(heading, key));
  await save(admin);
  const agents = admin.locator("#customgpt-widget-relay-project");
  await expect.poll(() => agents.locator("option").count()).toBeGreaterThan(1);
  await agents.selectOption(String(agent));
  await save(admin);
  await expect.poll(() => agents.locator("option").count()).toBeGreaterThan(1);
  await admin.getByRole("button", { name: "Test the connection" }).click();
  await admin.getByText("Connected to “Harbour Books”").waitFor();
  await keep(
    admin,
    "agent",
    await between(
      admin.locator("tr.customgpt-widget-relay-project-row"),
      admin.locator("tr:has(#customgpt-widget-test)"),
    ),
  );
});

it("a visitor gets the first answer", async () => {
  publish(site, "Harbour Books", front);
  site.php(
    "update_option( 'show_on_front', 'page' ); update_option( 'page_on_front', get_page_by_path( 'harbour-books' )->ID );",
  );
  const { page, context } = await visit(browser, screen(620));
  await page.goto(site.address);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask("When are you open?");
  expect(await chat.answered()).toContain("nine");
  await chat.citations.first().waitFor({ state: "visible" });
  await keep(page, "answer", { x: 0, y: 0, width: 600, height: 620 });
  await context.close();
});

it("the chat is a block in the editor", async () => {
  await admin.goto(`${site.address}wp-admin/post-new.php`);
  await admin.waitForFunction(
    () => Reflect.get(window, "wp")?.data?.select("core/editor")?.getCurrentPost?.()?.id,
  );
  await admin.evaluate(() => {
    const { data, blocks } = Reflect.get(window, "wp");
    const preferences = data.dispatch("core/preferences");
    for (const scope of ["core", "core/edit-post"]) {
      preferences.set(scope, "welcomeGuide", false);
      preferences.set(scope, "enableChoosePatternModal", false);
    }
    data.dispatch("core/editor").editPost({ title: "Ask us" });
    const block = blocks.createBlock("chat-widget-for-customgpt/chat", { height: 300 });
    data.dispatch("core/block-editor").insertBlocks([block]);
    data.dispatch("core/block-editor").clearSelectedBlock();
  });
  await expect
    .poll(async () =>
      Math.max(
        ...(await Promise.all(
          admin.frames().map((frame) => frame.locator(".customgpt-widget-preview").count()),
        )),
      ),
    )
    .toBe(1);
  await keep(admin, "block", { x: 0, y: 46, width: 600, height: 520 });
});
