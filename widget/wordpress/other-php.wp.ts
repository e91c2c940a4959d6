/** The plugin on the oldest PHP that it names and on the newest, from the archive to an answer, and until it is deleted. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { otherPhps } from "../../.commands/wordpress/other-php.js";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { startStandin, type RunningStandin } from "../../proxy/servers/standin/start-standin.ts";
import { createExchange } from "../../proxy/testing/exchange.ts";
import {
  deletePlugin,
  installPlugin,
  relayFieldOf as fieldOf,
  save,
  settingsPage,
  signIn,
} from "./testing/admin.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

const hours = {
  url: null,
  html: "<title>Opening hours</title><h1>Opening hours</h1><p>When we open: at nine in the morning.</p>",
};

describe.each(otherPhps[testedVersion])(`PHP %s with WordPress ${testedVersion}`, (php) => {
  let browser: Browser;
  let service: RunningStandin;
  let site: WordPressSite;
  let admin: Page;

  beforeAll(async () => {
    [browser, service] = await Promise.all([openBrowser(), startStandin(0, { firstMs: 50, everyMs: 5 })]);
    service.standin.seed({ name: "Harbour", pages: [hours] });
    site = await startWordPress(testedVersion, {
      php,
      constants: { CUSTOMGPT_BASE_URL: service.base.href },
    });
    ({ page: admin } = await visit(browser));
    admin.setDefaultTimeout(60_000);
    await signIn(admin, site);
    await installPlugin(admin, site);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([site.stop(), service.close()]);
  });

  it("has each function, class and constant that the plugin uses", async () => {
    site.addFile(
      "wp-content/mu-plugins/unknown-names.php",
      readFileSync(new URL("testing/unknown-names.php", import.meta.url), "utf8"),
    );
    const [version, files, unknown] = await (await fetch(`${site.address}?unknown-names`)).json();
    expect(version).toMatch(new RegExp(`^${php.replace(".", "\\.")}\\.`));
    expect(files).toBeGreaterThan(70);
    expect(unknown).toEqual([]);
  });

  it("answers a visitor with what the settings page has saved", async () => {
    await admin.goto(site.address + settingsPage);
    await admin.getByLabel("Through this site itself").check();
    await fieldOf(admin, "key").fill(service.key);
    await save(admin);
    const agents = admin.locator("#customgpt-widget-relay-project");
    await expect.poll(() => agents.locator("option").count()).toBe(2);
    await agents.selectOption({ label: await agents.locator("option").nth(1).innerText() });
    await save(admin);
    const visitor = createExchange(`${site.address}wp-json/customgpt-widget`);
    const one = await visitor.ask("When do you open?");
    expect(one.text).toContain("nine");
    expect((await visitor.within(one, "GET", "/messages")).status).toBe(200);
    expect(await (await fetch(site.address)).text()).toContain("/widget/widget.js");
  });

  it("complains of nothing, and deletes the plugin", async () => {
    await deletePlugin(admin, site);
    expect(site.complaints()).toBe("");
  });
});
