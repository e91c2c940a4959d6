/** The plugin's settings on a real WordPress: what they take, who may change them, and that no text of theirs is run. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { rulesBroken } from "../../demo/testing/rules.ts";
import { fieldOf, installPlugin, publish, save, settingsPage, setUp, signIn } from "./testing/admin.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

const hostile = `"'></script></textarea><script>window.hit=1</script><img src=x onerror="window.hit=1">`;

/** Nobody listens there, which the pages of these tests need not know. */
const proxy = "http://127.0.0.1:9";

let browser: Browser;
let site: WordPressSite;
let admin: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), startWordPress(testedVersion)]);
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
  await installPlugin(admin, site);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

const stored = (path: string): unknown =>
  JSON.parse(site.php(`echo wp_json_encode( \\CustomGptWidget\\settings()${path} );`));

/** Writes settings as the page would, by a change of what is there. */
const set = (changes: string) =>
  site.php(
    `update_option( 'customgpt_widget', array_replace_recursive( \\CustomGptWidget\\defaults(), array( 'widget' => array( 'proxy' => '${proxy}' ) ), ${changes} ) );`,
  );

async function isShown(path: string): Promise<boolean> {
  const text = await (await fetch(new URL(path, site.address))).text();
  return text.includes("/widget/widget.js");
}

describe(`the settings on WordPress ${testedVersion}`, () => {
  it("are a link away from the plugins screen, and the chat is on no page before there is a proxy", async () => {
    await admin.goto(`${site.address}wp-admin/plugins.php`);
    await admin.locator('tr[data-plugin^="chat-widget-for-customgpt/"] a', { hasText: "Settings" }).click();
    await admin.getByRole("heading", { name: "Chat Widget for CustomGPT" }).waitFor();
    expect(await isShown("/")).toBe(false);
    await setUp(admin, site, proxy);
    expect(await isShown("/")).toBe(true);
  });

  it("have a label for each control, and a name for each group", async () => {
    await admin.goto(site.address + settingsPage);
    const nameless = await admin.locator("form[action='options.php']").evaluate((form) =>
      [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")].flatMap((control) => {
        const { labels } = Object(control);
        const name = labels?.[0]?.textContent ?? control.textContent ?? "";
        return name.trim() === "" && control.id !== "submit" ? [control.outerHTML] : [];
      }),
    );
    expect(nameless).toEqual([]);
    const groups = await admin
      .locator("form fieldset")
      .evaluateAll(
        (sets) => sets.filter((each) => !each.querySelector("legend")?.textContent?.trim()).length,
      );
    expect(groups).toBe(0);
  });

  it("break no rule of axe, on a wide screen and on a phone", async () => {
    await admin.goto(site.address + settingsPage);
    expect(await rulesBroken(admin, ".customgpt-widget-settings")).toEqual([]);
    await admin.setViewportSize({ width: 390, height: 844 });
    expect(await rulesBroken(admin, ".customgpt-widget-settings")).toEqual([]);
    await admin.setViewportSize({ width: 1280, height: 800 });
  });

  it("tie an error to the field it is about, and keep what was there", async () => {
    await admin.goto(site.address + settingsPage);
    await fieldOf(admin, "memory").fill("900");
    await save(admin);
    const field = fieldOf(admin, "memory");
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await field.getAttribute("aria-describedby")).toContain("customgpt-widget-widget-memory-error");
    expect(await admin.locator("#customgpt-widget-widget-memory-error").innerText()).toMatch(
      /cannot be used/,
    );
    expect(await admin.locator(".notice-error, .settings-error.error").count()).toBe(1);
    expect(stored("['widget']['memory']")).toBe("");
  });

  it("show hostile texts as texts, in the settings and on pages, and run none of them", async () => {
    await admin.goto(site.address + settingsPage);
    const fields = await admin
      .locator("form :is(input[type=text], input[type=url], input[type=number], textarea)")
      .all();
    for (const field of fields) {
      if ((await field.getAttribute("id")) === "customgpt-widget-widget-proxy") continue;
      // Also what a browser's own checks would hold back.
      await field.evaluate((control, text) => {
        if (control instanceof HTMLInputElement) control.type = "text";
        Object(control).value = text;
      }, hostile);
    }
    expect(fields.length).toBeGreaterThan(12);
    await admin.locator("form[action='options.php']").evaluate((form) => form.setAttribute("novalidate", ""));
    await save(admin);
    expect(await admin.evaluate(() => Reflect.get(window, "hit"))).toBeUndefined();
    // Even what was stored by something else, unclean, stays a text.
    site.php(
      `global $wpdb; $all = \\CustomGptWidget\\settings(); foreach ( array( 'widget', 'show' ) as $g ) foreach ( $all[$g] as $k => $v )
        if ( is_string( $v ) && 'proxy' !== $k && ! in_array( $k, array( 'mode', 'where' ), true ) ) $all[$g][$k] = base64_decode( '${Buffer.from(hostile).toString("base64")}' );
      $wpdb->update( $wpdb->options, array( 'option_value' => serialize( $all ) ), array( 'option_name' => 'customgpt_widget' ) ); wp_cache_flush();`,
    );
    await admin.goto(site.address + settingsPage);
    expect(await fieldOf(admin, "title").inputValue()).toBe(hostile);
    expect(await admin.evaluate(() => Reflect.get(window, "hit"))).toBeUndefined();
    const { page, context } = await visit(browser);
    const withBlock = publish(site, "Hostile", "[customgpt_widget]");
    for (const address of [site.address, withBlock]) {
      await page.goto(address);
      expect(await page.locator("customgpt-widget").count()).toBe(1);
      const block = page.locator("script[data-customgpt-widget]");
      expect(JSON.parse((await block.textContent()) ?? "")).toMatchObject({ proxy, title: hostile });
      expect(await page.evaluate(() => Reflect.get(window, "hit"))).toBeUndefined();
    }
    await context.close();
    site.php("delete_option( 'customgpt_widget' );");
    set("array()");
  });

  it.each(["subscriber", "editor"])("are closed to a person with the role %s", async (role) => {
    const person = { name: role, password: "a long password" };
    site.php(
      `wp_insert_user( array( 'user_login' => '${role}', 'user_pass' => '${person.password}', 'role' => '${role}', 'user_email' => '${role}@example.com' ) );`,
    );
    const { page, context } = await visit(browser);
    await signIn(page, site, person);
    const response = await page.goto(site.address + settingsPage);
    expect(response?.status()).toBe(403);
    const posted = await context.request.post(`${site.address}wp-admin/options.php`, {
      form: {
        option_page: "customgpt-widget",
        action: "update",
        "customgpt_widget[widget][title]": "Taken over",
      },
    });
    expect(posted.status()).toBe(403);
    expect(stored("['widget']['title']")).toBe("");
    await context.close();
  });

  it("gave WordPress nothing to complain about", () => {
    expect(site.complaints()).toBe("");
  });
});
