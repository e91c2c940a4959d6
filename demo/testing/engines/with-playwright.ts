/** Chromium and Firefox as engines for scenes, both driven through Playwright. */
import { type Browser, firefox } from "playwright-core";
import { openBrowser } from "../browser.ts";
import { type Engine, readerSource } from "./engine.ts";

/** Timeout in milliseconds of a visitor's action, on a machine that may be busy. */
const patience = 20_000;

export async function openChromium(): Promise<Engine> {
  return engineOf(await openBrowser());
}

/** Debian's Firefox speaks WebDriver BiDi; Playwright's own build of it is not needed. */
export async function openFirefox(executablePath: string): Promise<Engine> {
  return engineOf(await firefox.launch({ channel: "moz-firefox", executablePath }));
}

function engineOf(browser: Browser): Engine {
  return {
    async newTab() {
      const context = await browser.newContext({ viewport: { width: 1024, height: 720 } });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      return {
        goTo: async (address) => void (await page.goto(address)),
        reload: async () => void (await page.reload()),
        back: async () => void (await page.goBack()),
        press: (selector) => page.locator(`customgpt-widget ${selector}`).first().click(),
        type: (words) => page.keyboard.type(words),
        key: (name, held) => page.keyboard.press(held ? `${held}+${name}` : name),
        paste: () => page.keyboard.press("Control+v"),
        read: async (look) => JSON.parse(await page.evaluate<string>(readerSource(look))),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
