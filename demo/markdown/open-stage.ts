/** Opens a page in a real browser that renders answers with the widget's built view. */
import type { Browser, Page } from "playwright-core";
import { build } from "vite";

export async function openStage(browser: Browser): Promise<Page> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      lib: { entry: "demo/markdown/stage.tsx", formats: ["iife"], name: "stage" },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [script] = bundle && "output" in bundle ? bundle.output : [];
  if (!script) throw new Error("The stage was not built.");
  const page = await browser.newPage();
  await page.route("https://base.example/**", (route) => route.abort());
  await page.addScriptTag({ content: script.code });
  return page;
}
