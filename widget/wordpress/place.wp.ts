/** Where the chat is shown on a real WordPress: by rules, by a page's switch, as a block, after consent; and what is left. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { deletePlugin, installPlugin, publish, setUp, signIn } from "./testing/admin.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

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
  await setUp(admin, site, proxy);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** Writes settings as the page would, by a change of what is there. */
const set = (changes: string) =>
  site.php(
    `update_option( 'customgpt_widget', array_replace_recursive( \\CustomGptWidget\\defaults(), array( 'widget' => array( 'proxy' => '${proxy}' ) ), ${changes} ) );`,
  );

async function isShown(path: string): Promise<boolean> {
  const text = await (await fetch(new URL(path, site.address))).text();
  return text.includes("/widget/widget.js");
}

describe(`the chat's place on WordPress ${testedVersion}`, () => {
  it("is decided by kind, id and address of a page where the chat is", async () => {
    const about = publish(site, "About us", "Us.");
    const news = publish(site, "News", "New.", "post");
    const id = site.php(`echo url_to_postid( '${about}' );`);
    const shown = async () => [await isShown("/"), await isShown(about), await isShown(news)];
    expect(await shown()).toEqual([true, true, true]);
    set(`array( 'show' => array( 'where' => 'only', 'kinds' => array( 'type:page' ) ) )`);
    expect(await shown()).toEqual([false, true, false]);
    set(`array( 'show' => array( 'where' => 'except', 'ids' => '${id}' ) )`);
    expect(await shown()).toEqual([true, false, true]);
    set(`array( 'show' => array( 'where' => 'only', 'globs' => "/ne*" ) )`);
    expect(await shown()).toEqual([false, false, true]);
    set(`array( 'show' => array( 'roles' => array( 'guest' ) ) )`);
    expect(await shown()).toEqual([false, false, false]);
    set("array()");
  });

  it("is decided by the switch on a page first, which an editor finds beside it", async () => {
    const address = publish(site, "Quiet", "Nothing to ask.");
    const id = site.php(`echo url_to_postid( '${address}' );`);
    await admin.goto(`${site.address}wp-admin/post.php?post=${id}&action=edit`);
    const choice = admin.locator("#customgpt-widget-switch");
    await choice.waitFor({ state: "attached" });
    // The editor may have folded the box, or greet newcomers above it.
    await choice.evaluate((select) => {
      if (select instanceof HTMLSelectElement) select.value = "hide";
    });
    await admin.evaluate(async () => {
      const { dispatch } = Reflect.get(window, "wp").data;
      dispatch("core/editor").editPost({ excerpt: "Changed" });
      await dispatch("core/editor").savePost();
    });
    await expect.poll(() => site.php(`echo get_post_meta( ${id}, '_customgpt_widget', true );`)).toBe("hide");
    expect(await isShown(address)).toBe(false);
    expect(await isShown("/")).toBe(true);
  });

  it("can be a block, whose drawing in the editor is no chat, and which is published as one", async () => {
    await admin.goto(`${site.address}wp-admin/post-new.php?post_type=page`);
    await admin.waitForFunction(
      () => Reflect.get(window, "wp")?.data?.select("core/editor")?.getCurrentPost?.()?.id,
    );
    const link = await admin.evaluate(async () => {
      const { data, blocks } = Reflect.get(window, "wp");
      data.dispatch("core/block-editor").insertBlocks([blocks.createBlock("chat-widget-for-customgpt/chat")]);
      data.dispatch("core/editor").editPost({ title: "Ask here", status: "publish" });
      await data.dispatch("core/editor").savePost();
      return String(data.select("core/editor").getPermalink());
    });
    const frames = () =>
      Promise.all(admin.frames().map((frame) => frame.locator(".customgpt-widget-preview").count()));
    await expect.poll(async () => Math.max(...(await frames()))).toBe(1);
    const live = await Promise.all(admin.frames().map((frame) => frame.locator("customgpt-widget").count()));
    expect(Math.max(...live)).toBe(0);
    expect(await (await fetch(link)).text()).toMatch(/<customgpt-widget [^>]*mode="inline"/);
  });

  it("stays in the corner beside a block that another agent answers in", async () => {
    const address = publish(site, "Sales", '<!-- wp:chat-widget-for-customgpt/chat {"agent":"sales"} /-->');
    const text = await (await fetch(address)).text();
    expect(text).toMatch(/<customgpt-widget [^>]*agent="sales"/);
    expect(text).toMatch(/<script [^>]*\/widget\/widget\.js/);
    expect(text).not.toContain('data-agent="sales"');
  });

  it("stays empty until a consent plugin agrees, where the owner says so, and on screens of another size", async () => {
    set(`array( 'site' => array( 'consent' => 'preferences' ) )`);
    site.addFile(
      "wp-content/mu-plugins/consent.php",
      `<?php add_action( 'wp_footer', function () { echo '<script>var given = false; function wp_has_consent( kind ) { return given && "preferences" === kind; }</script>'; } );`,
    );
    const { page, context, requests } = await visit(browser);
    await page.goto(site.address);
    expect(await page.locator("customgpt-widget").count()).toBe(0);
    expect(requests.filter((address) => address.includes("/widget/"))).toEqual([]);
    await page.evaluate(() => {
      Reflect.set(window, "given", true);
      document.dispatchEvent(
        new CustomEvent("wp_listen_for_consent_change", { detail: { preferences: "allow" } }),
      );
    });
    await page.locator("customgpt-widget").waitFor({ state: "attached" });
    expect(await page.locator("script[src*='widget.js']").getAttribute("data-proxy")).toBe(proxy);
    set(`array( 'show' => array( 'devices' => 'small' ), 'site' => array( 'consent' => 'none' ) )`);
    await page.goto(site.address);
    expect(await page.locator("customgpt-widget").count()).toBe(0);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.locator("customgpt-widget").waitFor({ state: "attached" });
    await context.close();
    site.addFile("wp-content/mu-plugins/consent.php", "<?php");
    set("array()");
  });

  it("has a part in Site Health, which says that nobody answers at the proxy's address", async () => {
    const output = site.php(
      "$result = \\CustomGptWidget\\Health\\test_proxy(); echo $result['status'], ' ', \\CustomGptWidget\\Health\\test_files()['status'];",
    );
    expect(output).toBe("critical good");
    await admin.goto(`${site.address}wp-admin/site-health.php`);
    await admin
      .getByText("The proxy of the chat does not answer as it should")
      .waitFor({ state: "attached" });
  });

  it("has nothing left in the database when the plugin is deleted", async () => {
    await deletePlugin(admin, site);
    const left = site.php(
      `global $wpdb; echo $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE '%customgpt_widget%'" ),
        $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->postmeta WHERE meta_key LIKE '%customgpt_widget%'" );`,
    );
    expect(left).toBe("00");
  });

  it("gave WordPress nothing to complain about", () => {
    expect(site.complaints()).toBe("");
  });
});
