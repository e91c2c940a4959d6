/** The key on WordPress' own screen of connectors, in a browser; versions before 7.0 have no such screen. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../../demo/testing/browser.ts";
import { relayFieldOf, save, settingsPage, signIn } from "../testing/admin.ts";
import { testedVersion } from "../testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "../testing/wordpress-site.ts";

const first = "17|abcdefghijklmnopqrstuvwxyz0123456789ABCD";
const second = "18|zyxwvutsrqponmlkjihgfedcba9876543210WXYZ";

let browser: Browser;
let site: WordPressSite;
let admin: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), startWordPress(testedVersion)]);
  site.activatePlugin();
  site.php("update_option( 'customgpt_widget', array( 'connection' => 'relay' ) );");
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** The key, where it comes from, and how many options are stored under the connector's own name. */
const stored = () =>
  site.php(`global $wpdb; echo CustomGptWidget\\Relay\\api_key(), ' ', CustomGptWidget\\Relay\\key_source(), ' ',
    (int) $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE 'connectors%customgpt%'" );`);

const ours = () => admin.getByRole("listitem").filter({ hasText: "CustomGPT.ai" });

async function openConnectors(): Promise<void> {
  await admin.goto(`${site.address}wp-admin/options-connectors.php`);
  await expect.poll(() => ours().innerText()).toMatch(/Set up|Edit/);
}

async function enter(key: string): Promise<void> {
  await ours().getByRole("textbox").fill(key);
  await ours().getByRole("button", { name: "Save" }).click();
  await expect.poll(() => ours().innerText()).toContain("Connected");
}

/** All that an administrator's requests to WordPress' settings return. */
const settings = () =>
  admin.evaluate(async () => {
    const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
    const headers = { "x-wp-nonce": nonce };
    return (await fetch("/index.php?rest_route=/wp/v2/settings", { headers })).text();
  });

describe.runIf(testedVersion === "newest")("on WordPress' screen of connectors", () => {
  it("the key is entered, and is the one of the settings page", async () => {
    await openConnectors();
    await ours().getByRole("button", { name: "Set up" }).click();
    await enter(first);
    expect(stored()).toBe(`${first} option 0`);
    await admin.goto(site.address + settingsPage);
    expect(await admin.locator("#customgpt-widget-relay-key-state").innerText()).toBe("set, ends in ABCD");
  });

  it("the key of the settings page is shown by its last letters, and is nowhere whole", async () => {
    await admin.goto(site.address + settingsPage);
    await relayFieldOf(admin, "key").fill(second);
    await save(admin);
    await openConnectors();
    expect(await ours().innerText()).toContain("Connected");
    await ours().getByRole("button", { name: "Edit" }).click();
    await expect.poll(() => ours().getByRole("textbox").inputValue()).toMatch(/^\u2022+WXYZ$/u);
    const asked = site.php(
      "wp_set_current_user( 1 ); echo wp_json_encode( rest_do_request( new WP_REST_Request( 'GET', '/wp/v2/settings' ) )->get_data() );",
    );
    for (const text of [await admin.content(), await settings(), asked]) {
      expect(text).toContain("WXYZ");
      expect(text).not.toContain(second.slice(3, -4));
    }
    expect(stored()).toBe(`${second} option 0`);
  });

  it("the key is removed, and removed for the chat as well", async () => {
    await openConnectors();
    await ours().getByRole("button", { name: "Edit" }).click();
    await ours()
      .getByRole("button", { name: /Remove/ })
      .click();
    await expect.poll(stored).toBe(" none 0");
    await openConnectors();
    expect(await ours().innerText()).toContain("Set up");
  });

  it("a key that comes from the server is said to come from there", async () => {
    site.addFile("wp-content/mu-plugins/key.php", `<?php define( 'CUSTOMGPT_API_KEY', '${first}' );`);
    await openConnectors();
    await ours().getByRole("button", { name: "Edit" }).click();
    await expect.poll(() => ours().innerText()).toMatch(/constant|configured/i);
    expect(stored()).toBe(`${first} constant 0`);
    site.addFile("wp-content/mu-plugins/key.php", "<?php");
  });
});

it("the key is not offered there while a proxy holds it", () => {
  const isThere = `echo (int) ( function_exists( 'wp_is_connector_registered' ) && wp_is_connector_registered( 'customgpt' ) );`;
  expect(site.php(isThere)).toBe(testedVersion === "newest" ? "1" : "0");
  site.php("update_option( 'customgpt_widget', array( 'connection' => 'proxy' ) );");
  expect(site.php(isThere)).toBe("0");
});

it("nobody but an administrator can read or set it", () => {
  site.php("update_option( 'customgpt_widget', array( 'connection' => 'relay' ) );");
  const ask = (method: string, role: string) =>
    site.php(`$id = wp_insert_user( array( 'user_login' => uniqid( 'x' ), 'user_pass' => 'x', 'role' => '${role}' ) );
      wp_set_current_user( $id ); $request = new WP_REST_Request( '${method}', '/wp/v2/settings' );
      $request->set_body_params( array( 'connectors_customgpt_api_key' => '${second}' ) );
      echo rest_do_request( $request )->get_status();`);
  for (const role of ["editor", "subscriber"])
    for (const method of ["GET", "POST"]) expect(ask(method, role)).toBe("403");
  expect(stored()).not.toContain(second);
});

it("WordPress has nothing to complain about", () => {
  expect(site.complaints()).toBe("");
});
