/** Set-up while the service is slow: what the owner reads, and that no agent is made twice. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../../demo/testing/browser.ts";
import { startStandin, type RunningStandin } from "../../../proxy/servers/standin/start-standin.ts";
import { relayFieldOf as fieldOf, save, settingsPage, signIn } from "../testing/admin.ts";
import { testedVersion } from "../testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "../testing/wordpress-site.ts";

/** A service in front of the stand-in, whose answers can be lost on their way back. */
async function openLossy(standin: RunningStandin) {
  const asked: string[] = [];
  const lost = new Set<string>();
  let isTaken = true;
  async function pass(method: string, path: string, headers: HeadersInit, body: Buffer, to: ServerResponse) {
    const call = `${method} ${path.split("?")[0]?.replace(/^.*\/v1/, "")}`;
    asked.push(call);
    if (lost.has(call) && !isTaken) return;
    const given = await fetch(new URL(path, standin.base), {
      method,
      headers,
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const text = await given.text();
    if (lost.has(call)) return;
    to.writeHead(given.status, { "content-type": given.headers.get("content-type") ?? "" }).end(text);
  }
  const server = createServer((request, response) => {
    const read = async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(Buffer.from(piece));
      const { authorization = "", "content-type": type = "application/json" } = request.headers;
      const headers = { authorization, "content-type": type };
      await pass(request.method ?? "", request.url ?? "", headers, Buffer.concat(pieces), response);
    };
    read().catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return {
    base: `http://127.0.0.1:${address.port}${standin.base.pathname}`,
    count: (call: string) => asked.filter((one) => one === call).length,
    /** Answers to these calls get lost from now on; with `taken` false, the calls themselves do. */
    lose(calls: readonly string[], taken = true) {
      lost.clear();
      for (const call of calls) lost.add(call);
      isTaken = taken;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const list = "GET /projects";
const create = "POST /projects";

let browser: Browser;
let standin: RunningStandin;
let service: Awaited<ReturnType<typeof openLossy>>;
let site: WordPressSite;
let admin: Page;

beforeAll(async () => {
  [browser, standin] = await Promise.all([openBrowser(), startStandin(0)]);
  standin.standin.seed({ name: "Harbour", pages: [] });
  service = await openLossy(standin);
  site = await startWordPress(testedVersion, {
    constants: { CUSTOMGPT_BASE_URL: service.base, CUSTOMGPT_API_KEY: standin.key },
  });
  site.addFile(
    "wp-content/mu-plugins/impatient.php",
    "<?php add_filter( 'customgpt_widget_relay_settings', fn( $all ) => array_merge( $all, array( 'firstByte' => 1.5 ) ) );",
  );
  site.activatePlugin();
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
});
afterAll(async () => {
  await browser.close();
  service.close();
  await Promise.all([site.stop(), standin.close()]);
});
beforeEach(() => service.lose([]));

const state = () => admin.locator("#customgpt-widget-relay-project-state");
const result = () => admin.locator("#customgpt-widget-creation-state");
const make = () => admin.getByRole("button", { name: "Make the agent" });

async function openCreation(name: string): Promise<void> {
  await admin.goto(site.address + settingsPage);
  await admin.getByLabel("Through this site itself").check();
  await admin.getByText("Or make a new agent").click();
  await expect.poll(() => make().isEnabled()).toBe(true);
  await admin.locator("#customgpt-widget-creation-name").fill(name);
}

describe("while the service is slow", () => {
  it("the list of agents can be asked for again, and a number entered without it is kept", async () => {
    service.lose([list]);
    await admin.goto(site.address + settingsPage);
    await admin.getByLabel("Through this site itself").check();
    await expect.poll(() => state().innerText()).toMatch(/did not answer in time\. Nothing was changed/);
    await fieldOf(admin, "project").fill("4711");
    await save(admin);
    await expect.poll(() => state().innerText()).toMatch(/did not answer in time/);
    expect(await fieldOf(admin, "project").inputValue()).toBe("4711");
    service.lose([]);
    await state().getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => fieldOf(admin, "project").locator("option").count()).toBe(3);
    expect(await fieldOf(admin, "project").inputValue()).toBe("4711");
  });

  it("an agent that was made without a word is found in the list", async () => {
    await openCreation("Lost and found");
    service.lose([create]);
    const before = service.count(create);
    await make().click();
    await expect.poll(() => result().innerText(), { timeout: 30_000 }).toMatch(/ready. Save to use it/);
    expect(service.count(create)).toBe(before + 1);
  });

  it("an agent of which nothing is known is not made again, but found at the next try", async () => {
    await openCreation("Found later");
    const before = service.count(create);
    // The list before it arrives; the one after it does not.
    service.lose([create]);
    await make().click();
    await expect.poll(() => service.count(create)).toBe(before + 1);
    service.lose([create, list]);
    await expect.poll(() => result().innerText()).toMatch(/has not said whether it made the agent/);
    service.lose([create]);
    await make().click();
    await expect.poll(() => result().innerText(), { timeout: 30_000 }).toMatch(/ready. Save to use it/);
    expect(service.count(create)).toBe(before + 1);
    expect(site.php("echo (int) ( false !== get_option( 'customgpt_widget_relay_attempt' ) );")).toBe("0");
  });

  it("an agent that was not made is asked for again once that is certain", async () => {
    await openCreation("Never arrived");
    const before = service.count(create);
    service.lose([create], false);
    for (let tries = 0; tries < 3; tries++) {
      await make().click();
      await expect.poll(() => make().isEnabled()).toBe(true);
      await expect.poll(() => result().innerText()).toMatch(/none is made twice/);
    }
    expect(service.count(create)).toBe(before + 1);
    site.php(
      "$attempt = get_option( 'customgpt_widget_relay_attempt' ); $attempt['at'] -= 200; update_option( 'customgpt_widget_relay_attempt', $attempt );",
    );
    service.lose([]);
    await make().click();
    await expect.poll(() => result().innerText(), { timeout: 30_000 }).toMatch(/ready. Save to use it/);
    expect(service.count(create)).toBe(before + 2);
    expect(site.complaints()).toBe("");
  });
});
