/** What an owner does in WordPress' administration, by its screens. */
import type { Page } from "playwright-core";
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

export async function save(page: Page): Promise<void> {
  await page.click("#submit");
  await page.waitForURL(/settings-updated=true/, { waitUntil: "domcontentloaded" });
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
