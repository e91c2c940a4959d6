/** A real WordPress that asks CustomGPT.ai itself: from the key in its settings to a visitor's streamed answer. */
import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { chatOn } from "../../demo/testing/chat-page.ts";
import { rulesBroken } from "../../demo/testing/rules.ts";
import { createExchange } from "../../proxy/testing/exchange.ts";
import { readRefusal } from "../../proxy/testing/read-events.ts";
import { startStandin, type RunningStandin } from "../../proxy/servers/standin/start-standin.ts";
import {
  deletePlugin,
  installPlugin,
  publish,
  relayFieldOf as fieldOf,
  save,
  settingsPage,
  signIn,
} from "./testing/admin.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

const question = "When do you open?";
const hours = {
  url: null,
  html: `<title>Opening hours</title><h1>Opening hours</h1><p>When we open: at nine in the morning, every day but Monday,
    when the harbour sleeps and so do we. We close at six, on the day of the regatta at ten in the night.</p>`,
};

let browser: Browser;
let service: RunningStandin;
let site: WordPressSite;
let admin: Page;
let agent: number;

beforeAll(async () => {
  [browser, service] = await Promise.all([openBrowser(), startStandin(0, { firstMs: 300, everyMs: 60 })]);
  agent = service.standin.seed({ name: "Harbour", pages: [hours] });
  // More than one page of a list.
  for (let number = 1; number <= 12; number++) service.standin.seed({ name: `Other ${number}`, pages: [] });
  site = await startWordPress(testedVersion, {
    fpmWorkers: 5,
    constants: { CUSTOMGPT_BASE_URL: service.base.href },
  });
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
  await installPlugin(admin, site);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([site.stop(), service.close()]);
});

const agents = () => admin.locator("#customgpt-widget-relay-project");
const state = () => admin.locator("#customgpt-widget-relay-project-state");
const creation = () => admin.locator("#customgpt-widget-creation-state");
const textOf = async (path: string) => (await fetch(new URL(path, site.address))).text();

async function ask(): Promise<string> {
  const { page, context, complaints } = await visit(browser);
  await page.goto(site.address);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask(question);
  await chat.answer.waitFor({ state: "visible" });
  const first = (await chat.answer.innerText()).length;
  const answer = await chat.answered();
  expect(answer.length).toBeGreaterThan(first);
  expect(complaints).toEqual([]);
  await context.close();
  return answer;
}

describe(`without a proxy on WordPress ${testedVersion}`, () => {
  it("the owner is told that a key is wrong, and finds all agents of the account with the right one", async () => {
    await admin.goto(site.address + settingsPage);
    expect(await fieldOf(admin, "key").isVisible()).toBe(false);
    await admin.getByLabel("Through this site itself").check();
    expect(await admin.locator("#customgpt-widget-widget-proxy").isVisible()).toBe(false);
    await fieldOf(admin, "key").fill("no key at all");
    await save(admin);
    await admin.getByText("That is no key of CustomGPT.ai").first().waitFor();
    await fieldOf(admin, "key").fill("77|a-key-of-nobody");
    await save(admin);
    await expect.poll(() => state().innerText()).toMatch(/does not accept the key/);
    await fieldOf(admin, "key").fill(service.key);
    await save(admin);
    await expect.poll(() => agents().locator("option").count()).toBe(14);
    expect(await admin.locator("#customgpt-widget-relay-key-state").innerText()).toBe(
      `set, ends in ${service.key.slice(-4)}`,
    );
    // Half set up, it is on no page.
    expect(await textOf("/")).not.toContain("/widget/widget.js");
    await agents().selectOption(String(agent));
    await save(admin);
    await admin.getByRole("button", { name: "Test the connection" }).click();
    await expect
      .poll(() => admin.locator("#customgpt-widget-test-result").innerText())
      .toBe("Connected to “Harbour”. Answers appear as they are written.");
  });

  it("the settings of this way break no rule of axe, with the form for a new agent open", async () => {
    await admin.goto(site.address + settingsPage);
    await expect.poll(() => agents().locator("option").count()).toBe(14);
    await admin.locator("#customgpt-widget-creation summary").click();
    await expect.poll(() => creation().innerText()).toMatch(/Your plan: /);
    expect(await rulesBroken(admin, ".customgpt-widget-settings")).toEqual([]);
  });

  it("the keyboard alone reaches each control of this way in order, and none of the other", async () => {
    await admin.goto(site.address + settingsPage);
    await expect.poll(() => agents().locator("option").count()).toBe(14);
    await admin.locator('input[name="customgpt_widget[connection]"]:checked').focus();
    const reached: string[] = [];
    for (let presses = 0; presses < 12 && reached.at(-1) !== "customgpt-widget-test"; presses++) {
      await admin.keyboard.press("Tab");
      const name = await admin.evaluate(() => {
        const control = document.activeElement;
        return control?.id || control?.getAttribute("name") || control?.tagName.toLowerCase();
      });
      reached.push(name ?? "nothing");
    }
    expect(reached).toEqual([
      "customgpt-widget-relay-key",
      "customgpt_widget_api_key[remove]",
      "customgpt-widget-relay-project",
      "summary",
      "customgpt-widget-relay-agents",
      "customgpt-widget-relay-dayBudget",
      "customgpt-widget-relay-monthBudget",
      "customgpt-widget-test",
    ]);
    await admin.keyboard.press("Enter");
    await expect
      .poll(() => admin.locator("#customgpt-widget-test-result").innerText())
      .toMatch(/^Connected to “Harbour”/);
  });

  it("a visitor asks on the front page and sees the answer grow, with and without permalinks", async () => {
    expect(await ask()).toContain("nine");
    site.php("update_option( 'permalink_structure', '' );");
    expect(await textOf("/")).toContain("rest_route=/customgpt-widget");
    expect(await ask()).toContain("nine");
    site.php("update_option( 'permalink_structure', '/%postname%/' );");
    const block = publish(site, "Ask", '[customgpt_widget agent="sales"]');
    expect(await textOf(block)).not.toContain('agent="sales"');
  });

  it("the key stands in nothing that a visitor, an editor or the owner's screens can show", async () => {
    const person = { name: "editor", password: "a long password" };
    site.php(
      `wp_insert_user( array( 'user_login' => 'editor', 'user_pass' => '${person.password}', 'role' => 'editor', 'user_email' => 'e@example.com' ) );`,
    );
    const { page, context } = await visit(browser);
    await signIn(page, site, person);
    const secret = service.key.slice(0, 20);
    for (const path of [
      "",
      "wp-json/",
      "wp-json/wp/v2/settings",
      settingsPage,
      "wp-admin/site-health.php?tab=debug",
    ]) {
      expect(await textOf(path)).not.toContain(secret);
      for (const each of [page, admin]) {
        await each.goto(site.address + path);
        expect(await each.content()).not.toContain(secret);
      }
    }
    await admin.goto(`${site.address}wp-admin/options.php`);
    expect(await admin.content()).toContain("customgpt_widget_api_key");
    expect(await admin.content()).not.toContain(secret);
    const exported = await admin.request.get(`${site.address}wp-admin/export.php?download=true&content=all`);
    expect(await exported.text()).not.toContain(secret);
    for (const path of ["agents", `agents/${agent}`, "plan"]) {
      const address = `${site.address}wp-json/customgpt-widget/v1/admin/${path}`;
      const nonce = await page.evaluate(async () =>
        (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text(),
      );
      expect((await context.request.get(address, { headers: { "x-wp-nonce": nonce } })).status()).toBe(403);
      // A foreign page has the owner's cookies at most, and no nonce.
      expect((await admin.request.get(address)).status()).toBe(401);
      expect((await fetch(address)).status).toBe(401);
    }
    expect(site.php("echo (int) isset( wp_load_alloptions( true )['customgpt_widget_api_key'] );")).toBe("0");
    await context.close();
  });

  it("an agent is made from the site's own pages, after a look at what the plan has left", async () => {
    await admin.goto(site.address + settingsPage);
    await expect.poll(() => agents().locator("option").count()).toBe(14);
    await admin.getByText("Or make a new agent").click();
    await expect.poll(() => creation().innerText()).toMatch(/Your plan: 13 of 50 agents/);
    const make = admin.getByRole("button", { name: "Make the agent" });
    const sitemap = admin.locator("#customgpt-widget-creation-sitemap");
    const own = await sitemap.inputValue();
    expect(own).toBe(`${site.address}wp-sitemap.xml`);
    await sitemap.fill(`${site.address}nothing.xml`);
    await make.click();
    await expect.poll(() => creation().innerText()).toMatch(/can it reach this site\? It said: “Sitemap/);
    await sitemap.fill(own);
    for (const [fault, words] of [
      ["out-of-credits", /plan at CustomGPT.ai has nothing left/],
      ["throttled", /too many requests. Try again in 2 seconds/],
      ["unauthorized", /does not accept the key/],
      ["server-error", /has a fault \(500\)/],
    ] as const) {
      service.standin.faults.on(fault, { call: "create-project", times: 1 });
      await make.click();
      await expect.poll(() => creation().innerText()).toMatch(words);
    }
    await make.click();
    await expect.poll(() => creation().innerText(), { timeout: 30_000 }).toMatch(/ready. Save to use it/);
    await save(admin);
    expect(await agents().inputValue()).not.toBe(String(agent));
    expect(
      await (await fetch(`${site.address}wp-json/customgpt-widget/v1/agents/default`)).json(),
    ).toMatchObject({
      title: "Harbour Books",
    });
  });

  it("no more questions are answered in a day than the owner allows", async () => {
    await admin.goto(site.address + settingsPage);
    expect(await fieldOf(admin, "dayBudget").inputValue()).toBe("100");
    await fieldOf(admin, "dayBudget").fill("2");
    await save(admin);
    const visitor = createExchange(`${site.address}wp-json/customgpt-widget`);
    const refused = await readRefusal(await visitor.start(question, randomUUID()));
    expect(refused.code).toBe("budget-used-up");
  });

  it("Site Health says what is wrong, and the chat leaves the pages with the key", async () => {
    const health = () =>
      site.phpBeside("$r = CustomGptWidget\\Relay\\test_relay(); echo $r['status'], ': ', $r['label'];");
    expect(await health()).toBe("good: The chat reaches CustomGPT.ai");
    service.standin.faults.on("unauthorized", { times: 1 });
    expect(await health()).toMatch(/^critical: The chat gets no answers/);
    expect(await textOf("/")).toContain("/widget/widget.js");
    await admin.goto(site.address + settingsPage);
    await admin.getByLabel("Remove the key").check();
    await save(admin);
    expect(await admin.locator("#customgpt-widget-relay-key-state").innerText()).toBe("not set");
    expect(await health()).toMatch(/^recommended: The chat is not set up yet/);
    expect(await textOf("/")).not.toContain("/widget/widget.js");
  });

  it("nothing is left when the plugin is deleted, and WordPress had nothing to complain about", async () => {
    await deletePlugin(admin, site);
    const left = site.php(
      `global $wpdb; echo wp_json_encode( array( $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%customgpt%' OR option_name LIKE '%cgw%'" ),
        array_filter( $wpdb->get_col( 'SHOW TABLES' ), fn( $name ) => false !== strpos( $name, 'customgpt' ) ),
        array_filter( array_keys( array_merge( ...array_values( array_filter( _get_cron_array(), 'is_array' ) ) ) ), fn( $name ) => false !== strpos( $name, 'customgpt' ) ) ) );`,
    );
    expect(JSON.parse(left).map(Object.values)).toEqual([[], [], []]);
    expect(site.complaints()).toBe("");
  });
});
