/** What an owner does in WordPress' administration, by its screens. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { owner } from "./configuration.ts";
import { pluginArchive } from "./lay-out.ts";
import type { WordPressSite } from "./wordpress-site.ts";

export const settingsPage = "wp-admin/options-general.php?page=customgpt-widget";

export async function signIn(page: Page, site: WordPressSite, person = owner): Promise<void> {
  await page.goto(`${site.address}wp-login.php`);
  await page.fill("#user_login", person.name);
  await page.fill("#user_pass", person.password);
  await page.click("#wp-submit");
  await page.waitForURL(/wp-admin/);
}

/** Installs the archive through the plugins screen and switches the plugin on. */
export async function installPlugin(page: Page, site: WordPressSite): Promise<void> {
  await page.goto(`${site.address}wp-admin/plugin-install.php?tab=upload`);
  await page.setInputFiles("#pluginzip", pluginArchive());
  await page.click("#install-plugin-submit");
  await page.click('a[href*="action=activate"]');
  await page.waitForURL(/plugins\.php/);
}

/** The control of an option of the widget. */
export const fieldOf = (page: Page, name: string) => page.locator(`#customgpt-widget-widget-${name}`);

/** The same for what is set where this site itself asks. */
export const relayFieldOf = (page: Page, name: string) => page.locator(`#customgpt-widget-relay-${name}`);

export async function save(page: Page): Promise<void> {
  // WordPress takes "settings-updated" out of the address as soon as the page is there.
  await Promise.all([page.waitForEvent("domcontentloaded"), page.click("#submit")]);
}

/** Sets the chat up through the settings page: the proxy's address is all it needs. */
export async function setUp(page: Page, site: WordPressSite, proxy: string): Promise<void> {
  await page.goto(site.address + settingsPage);
  await fieldOf(page, "proxy").fill(proxy);
  await save(page);
}

/** Publishes a page with the given content and returns its address. */
export function publish(site: WordPressSite, title: string, content: string, type = "page"): string {
  const text = (value: string) => `base64_decode( '${Buffer.from(value).toString("base64")}' )`;
  return site.php(
    `$id = wp_insert_post( array( 'post_type' => '${type}', 'post_status' => 'publish', 'post_author' => 1,
      'post_title' => ${text(title)}, 'post_content' => wp_slash( ${text(content)} ) ) );
    echo get_permalink( $id );`,
  );
}

/** Switches the plugin off and deletes it, through the plugins screen. */
export async function deletePlugin(page: Page, site: WordPressSite): Promise<void> {
  await page.goto(`${site.address}wp-admin/plugins.php`);
  const deactivate = page.locator('tr[data-plugin^="chat-widget-for-customgpt/"] .deactivate a');
  // Until its scripts have run, the screen's link to delete leads to a page that asks.
  await Promise.all([page.waitForEvent("load"), deactivate.click()]);
  page.once("dialog", (dialog) => void dialog.accept());
  await page.click('tr[data-plugin^="chat-widget-for-customgpt/"] .delete a');
  await expect
    .poll(() => site.php("echo (int) is_dir( WP_PLUGIN_DIR . '/chat-widget-for-customgpt' );"))
    .toBe("0");
}
