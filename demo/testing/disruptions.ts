/** Disruptions while an answer is being written, which tests apply to a chat in any order. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Arbitrary, array, constantFrom, integer, nat, record } from "fast-check";
import type { CDPSession, Page } from "playwright-core";
import type { RestartableDemo } from "./restartable-demo.ts";
import type { Wire } from "./wire.ts";

/** Target of a disruption; the page is one of the visitor's tabs. */
export type Scene = { demo: RestartableDemo; wire: Wire; page: Page; devtools: CDPSession };

/** `numbers` are its duration, amount and count; each disruption uses those it needs. */
type Disruption = (
  scene: Scene,
  numbers: { milliseconds: number; bytes: number; times: number },
) => Promise<void>;

const disruptions = {
  async "every connection breaks"({ wire }) {
    wire.cut();
  },
  async "the next streams break"({ wire }, { bytes, times }) {
    wire.cutStreamsAfter(bytes, times);
  },
  async "nothing passes"({ wire }, { milliseconds }) {
    wire.down(true);
    await sleep(milliseconds);
    wire.down(false);
  },
  async "the network is gone"({ wire, page }, { milliseconds }) {
    await page.context().setOffline(true);
    wire.cut();
    await sleep(milliseconds);
    await page.context().setOffline(false);
  },
  async "the page is reloaded"({ page }) {
    await page.reload({ waitUntil: "commit" });
    await tagged(page);
  },
  async "another page is opened"({ page }) {
    await page.goto(new URL("/shop", page.url()).href, { waitUntil: "commit" });
    await tagged(page);
  },
  async "another page is opened, and then back"({ page }, { milliseconds }) {
    await page.goto(new URL("/about", page.url()).href, { waitUntil: "commit" });
    await sleep(milliseconds);
    await page.goBack({ waitUntil: "commit" });
    await tagged(page);
  },
  async "the page stands still"(scene, { milliseconds }) {
    await standStill(scene, milliseconds);
  },
  /** Simulates the back-forward cache, which a headless browser does not have. */
  async "the page is put away and brought back"(scene, { milliseconds }) {
    const tell = (name: string) =>
      scene.page.evaluate(
        (event) => dispatchEvent(new PageTransitionEvent(event, { persisted: true })),
        name,
      );
    await tell("pagehide");
    await standStill(scene, milliseconds);
    await tell("pageshow");
  },
  async "the proxy breaks down"({ demo, wire, page }) {
    await named(page);
    wire.down(true);
    await demo.breakDown();
    wire.down(false);
  },
  async "the proxy is replaced"({ demo, page }) {
    await named(page);
    await demo.replace();
  },
} satisfies Record<string, Disruption>;

/** Waits until the page has loaded the tag's script; without it there is no chat. */
async function tagged(page: Page): Promise<void> {
  await page.locator("customgpt-widget").waitFor({ state: "attached" });
}

/** Simulates a sleeping phone: no script runs in the page, and its connections are lost. */
async function standStill({ devtools, wire }: Scene, milliseconds: number): Promise<void> {
  await devtools.send("Debugger.enable");
  const paused = new Promise((resolve) => devtools.once("Debugger.paused", resolve));
  const stoodStill = devtools.send("Runtime.evaluate", { expression: "debugger" });
  await paused;
  wire.cut();
  await sleep(milliseconds);
  await devtools.send("Debugger.resume");
  await stoodStill;
  await devtools.send("Debugger.disable");
}

/**
 * Waits until the chat has received its conversation's id. A proxy that stops earlier loses the question, unless it
 * shares turns through Redis.
 */
async function named(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.values(localStorage).some((kept) => /"conversation":/.test(kept)));
}

const names = Object.keys(disruptions).filter(
  (name): name is keyof typeof disruptions => name in disruptions,
);

/** A sequence of disruptions, each with its delay after the one before, in milliseconds. */
export const sequences = array(
  record({
    after: nat(400),
    what: constantFrom(...names),
    milliseconds: integer({ min: 20, max: 900 }),
    bytes: nat(2_500),
    times: integer({ min: 1, max: 3 }),
    /** The tab, where the visitor has several. */
    tab: nat(1),
  }),
  { minLength: 2, maxLength: 5, size: "max" },
);

export type Sequence = typeof sequences extends Arbitrary<infer Made> ? Made : never;

export async function endure(tabs: readonly Scene[], sequence: Sequence): Promise<void> {
  for (const { after, what, tab, ...numbers } of sequence) {
    await sleep(after);
    const scene = tabs[tab % tabs.length];
    if (scene) await disruptions[what](scene, numbers);
  }
}
