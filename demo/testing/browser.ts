/** Chromium for the end-to-end tests, with records of everything that a page should not do. */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

const usual = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome"];

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env["E2E_CHROMIUM"] ?? usual.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error("No Chromium: run the browser tests through `npm test`, which finds one.");
  return chromium.launch({
    executablePath,
    args: [
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Without a graphics card another process would imitate one: a tenth of the time.
      "--disable-gpu",
      "--no-first-run",
      // Chromium's sandbox does not run as root; the pages opened here are our own.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

export type Visit = {
  context: BrowserContext;
  page: Page;
  /** Console errors and warnings, uncaught exceptions and policy violations, in order. */
  complaints: string[];
  /** The address of every request. */
  requests: string[];
};

/** Milliseconds by which lazy files come later, to find tests that depend on a quick machine. */
const fileDelay = Number(process.env["E2E_FILE_DELAY_MS"] ?? 0);

async function delayFiles(context: BrowserContext): Promise<void> {
  await context.route("**/assets/*.js", async (route) => {
    await delay(fileDelay);
    // The page may have been closed meanwhile.
    await route.fallback().catch(() => {});
  });
}

/** A fresh browser profile with one page, recorded from before the first request. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  if (fileDelay) await delayFiles(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  context.on("request", (request) => requests.push(request.url()));
  return { context, page, complaints, requests };
}
