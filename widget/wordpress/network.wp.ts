/** A network of WordPress sites: each has its own settings, and none keeps any when the plugin is deleted. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { fieldOf, save, settingsPage, setUp, signIn } from "./testing/admin.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { pluginArchive } from "./testing/lay-out.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

let browser: Browser;
let site: WordPressSite;
let admin: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), startWordPress(testedVersion, { network: true })]);
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

const textOf = async (path: string) => (await fetch(new URL(path, site.address))).text();

describe(`a network on WordPress ${testedVersion}`, () => {
  it("runs the plugin on all its sites, each with settings of its own", async () => {
    await admin.goto(`${site.address}wp-admin/network/plugin-install.php?tab=upload`);
    await admin.setInputFiles("#pluginzip", pluginArchive());
    await admin.click("#install-plugin-submit");
    await admin.click('a[href*="action=activate"]');
    await admin.waitForURL(/plugins\.php/);
    await setUp(admin, site, "http://127.0.0.1:9");
    expect(await textOf("/")).toContain('data-proxy="http://127.0.0.1:9"');
    expect(await textOf("/two/")).not.toContain("widget.js");
    await admin.goto(`${site.address}two/${settingsPage}`);
    await fieldOf(admin, "proxy").fill("http://127.0.0.1:8");
    await save(admin);
    expect(await textOf("/two/")).toContain('data-proxy="http://127.0.0.1:8"');
  });

  it("has nothing left on any site when the plugin is deleted", async () => {
    const left = site.php(
      `require_once ABSPATH . 'wp-admin/includes/plugin.php'; require_once ABSPATH . 'wp-admin/includes/file.php';
      $plugin = 'chat-widget-for-customgpt/customgpt-widget.php';
      deactivate_plugins( $plugin, false, true ); $deleted = delete_plugins( array( $plugin ) );
      global $wpdb; foreach ( array( 1, 2 ) as $id ) { switch_to_blog( $id );
        echo $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE '%customgpt_widget%'" ); }
      echo true === $deleted ? ' deleted' : ' kept';`,
    );
    expect(left).toBe("00 deleted");
  });

  it("has nothing to complain about", () => {
    expect(site.complaints()).toBe("");
  });
});
