/** Further agents where the site itself asks: listed by the owner, named by blocks and shortcodes, chosen by no visitor. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../../demo/testing/browser.ts";
import { startStandin, type RunningStandin } from "../../../proxy/servers/standin/start-standin.ts";
import { createExchange, type Exchange } from "../../../proxy/testing/exchange.ts";
import { readEvents, readRefusal } from "../../../proxy/testing/read-events.ts";
import { publish, relayFieldOf as fieldOf, save, settingsPage, signIn } from "../testing/admin.ts";
import { testedVersion } from "../testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "../testing/wordpress-site.ts";

const page = (words: string) => ({ url: null, html: `<title>Hours</title><p>We open at ${words}.</p>` });

let browser: Browser;
let service: RunningStandin;
let site: WordPressSite;
let admin: Page;
let visitor: Exchange;
let sales: number;

beforeAll(async () => {
  [browser, service] = await Promise.all([openBrowser(), startStandin(0, { firstMs: 0, everyMs: 0 })]);
  const usual = service.standin.seed({ name: "Harbour", pages: [page("nine in the morning")] });
  sales = service.standin.seed({ name: "Sales", pages: [page("noon, in sales")] });
  site = await startWordPress(testedVersion, {
    fpmWorkers: 3,
    constants: { CUSTOMGPT_BASE_URL: service.base.href, CUSTOMGPT_API_KEY: service.key },
  });
  site.activatePlugin();
  site.php(
    `update_option( 'customgpt_widget', array( 'connection' => 'relay', 'relay' => array( 'project' => '${usual}' ) ) );`,
  );
  visitor = createExchange(`${site.address}wp-json/customgpt-widget`);
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([site.stop(), service.close()]);
});

async function list(lines: string): Promise<void> {
  await admin.goto(site.address + settingsPage);
  await fieldOf(admin, "agents").fill(lines);
  await save(admin);
}

const profile = async (name: string) => visitor.send("GET", `/v1/agents/${name}`);
const askAgent = (agent: string) =>
  visitor.send("POST", `/v1/agents/${agent}/conversations`, {
    body: { prompt: "When do you open?", turn: crypto.randomUUID() },
  });

describe("further agents", () => {
  it("are lines of a name and a number, and anything else is left out with a word", async () => {
    for (const wrong of ["sales", "Sales = 1", "default = 1", "a = 1\na = 2", "sales = 1<b>", "sales = -1"]) {
      await list(wrong);
      expect(await admin.locator("#customgpt-widget-relay-agents-error").count()).toBe(1);
    }
    expect((await profile("sales")).status).toBe(404);
    await list(`sales=${sales}\r\n\n help = 4711 `);
    expect(await fieldOf(admin, "agents").inputValue()).toBe(`sales = ${sales}\nhelp = 4711`);
  });

  it("answer where a block or a shortcode names them, each its own visitors", async () => {
    const address = publish(site, "Sales", '[customgpt_widget agent="sales"]');
    expect(await (await fetch(address)).text()).toMatch(/<customgpt-widget [^>]*agent="sales"/);
    expect(await (await profile("sales")).json()).toMatchObject({ agent: "sales", title: "Sales" });
    const events = await readEvents(await askAgent("sales"));
    expect(JSON.stringify(events)).toContain("noon");
    const [first] = events;
    if (first?.event !== "conversation") throw new Error("It did not begin.");
    const usual = await visitor.ask("When do you open?");
    expect(usual.text).toContain("nine");
    // A token is good with the agent that it was issued for.
    const crossed = { conversation: first.data.conversation, visitor: usual.visitor };
    expect((await readRefusal(await visitor.within(crossed, "GET", "/messages"))).code).toBe("not-allowed");
    expect((await visitor.within(first.data, "GET", "/messages")).status).toBe(200);
    // Off the list, it answers no more, in conversations that were begun either.
    site.php(
      "$all = get_option( 'customgpt_widget' ); $all['relay']['agents'] = 'help = 4711'; update_option( 'customgpt_widget', $all );",
    );
    expect((await visitor.within(first.data, "GET", "/messages")).status).toBe(404);
    expect((await askAgent("sales")).status).toBe(404);
  });

  it("that are not listed can be asked by nobody, whatever a page or a visitor names", async () => {
    const before = service.standin.seen.requests.length;
    for (const name of ["other", String(sales), `sales=${sales}`, "__proto__", "default%20"])
      expect([name, (await askAgent(name)).status]).toEqual([name, 404]);
    expect(service.standin.seen.requests.length).toBe(before);
    const address = publish(site, "Other", '[customgpt_widget agent="other"]');
    const text = await (await fetch(address)).text();
    expect(text).not.toMatch(/agent="other"|not among the agents/);
    await admin.goto(address);
    await admin.getByText("“other” is not among the agents in the settings of the chat").waitFor();
  });

  it("are what the block's editor has to choose from", async () => {
    await admin.goto(`${site.address}wp-admin/post-new.php?post_type=page`);
    await admin.waitForFunction(
      () => Reflect.get(window, "wp")?.data?.select("core/editor")?.getCurrentPost?.()?.id,
    );
    await admin.evaluate(() => {
      const { data, blocks } = Reflect.get(window, "wp");
      data.dispatch("core/preferences").set("core/edit-post", "welcomeGuide", false);
      const block = blocks.createBlock("chat-widget-for-customgpt/chat", { agent: "sales" });
      data.dispatch("core/block-editor").insertBlocks([block]);
      data.dispatch("core/block-editor").selectBlock(block.clientId);
      const interfaces = data.dispatch("core/interface");
      interfaces.enableComplementaryArea("core", "edit-post/block");
      interfaces.enableComplementaryArea("core/edit-post", "edit-post/block");
    });
    const choice = admin.getByLabel("Agent", { exact: true });
    await choice.waitFor();
    expect(await choice.locator("option").allInnerTexts()).toEqual([
      "The agent of the settings",
      "help",
      "sales",
    ]);
    await admin.getByText("It is not among the agents in the settings of the chat").waitFor();
    expect(site.complaints()).toBe("");
  });
});
