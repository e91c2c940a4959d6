/** Workshop for one recipe: builds a site from what the guide prints, serves it, and visits it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { openBrowser, visit } from "../../testing/browser.ts";
import { chatOn } from "../../testing/chat-page.ts";
import type { Stay } from "../../testing/embedding.ts";
import { startTestDemo } from "../../testing/test-demo.ts";
import { printedFor } from "./printed.ts";
import { type OwnServer, startOwnServer } from "./own-server.ts";
import { openStaticSite } from "./static-site.ts";

export type Workshop = {
  /** The origin at which the site is served. */
  address: string;
  /** What the guide prints for that file, with the address of this test's proxy. */
  printed(place: string): string;
  /** Writes files of the site's project. */
  write(files: Readonly<Record<string, string>>): void;
  /** Runs a program in the project; a package's program is named by its file below `node_modules`. */
  run(program: string, words: readonly string[]): Promise<void>;
  /** Serves a folder of the project. */
  serve(folder: string): void;
  /** Starts a package's own server in the project, and serves what it answers. */
  start(program: string, words: readonly string[]): Promise<void>;
  /** The project's folder. */
  folder: string;
  enter(path: string): Promise<Stay>;
  close(): Promise<void>;
};

/** Where `npm run test:recipes` keeps the packages of each recipe. */
export const cache = resolve("node_modules/.cache/recipes");

const quiet = {
  CI: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  NO_UPDATE_NOTIFIER: "1",
  NODE_ENV: "production",
};

/** Runs a program to its end, which must be a good one; returns nothing that it says unless it fails. */
async function runIn(cwd: string, program: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, words, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...quiet },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += String(bytes)));
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} failed:\n${said}`);
}

/** `slug` is the recipe's. Its packages, if it has any, are found from the project's folder upwards. */
export async function openWorkshop(slug: string): Promise<Workshop> {
  const packages = join(cache, slug);
  mkdirSync(packages, { recursive: true });
  const folder = mkdtempSync(join(packages, "site-"));
  const site = await openStaticSite();
  const demo = await startTestDemo({
    pace: { firstMs: 30, everyMs: 0 },
    environment: { ALLOWED_ORIGINS: site.address },
  });
  const html = await (await fetch(`${demo.address}/recipes/${slug}`)).text();
  let browser: Browser | undefined;
  let server: OwnServer | undefined;

  return {
    address: site.address,
    folder,
    printed: (place) => printedFor(demo.address, html, place),
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
    async run(program, words) {
      const file = join(packages, "node_modules", program);
      if (existsSync(file)) await runIn(folder, process.execPath, [file, ...words]);
      else await runIn(folder, program, words);
    },
    serve: (name) => site.serve(join(folder, name)),
    async start(program, words) {
      server = await startOwnServer(folder, [join(packages, "node_modules", program), ...words]);
      site.serve(server.answer);
    },
    async enter(path) {
      browser ??= await openBrowser();
      const visited = await visit(browser, { reducedMotion: "reduce" });
      await visited.page.goto(site.address + path);
      return { ...visited, chat: chatOn(visited.page) };
    },
    async close() {
      await browser?.close();
      await server?.stop();
      await demo.close();
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
