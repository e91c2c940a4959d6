/** Answers in the built widget: those it comes back to, all at once, and those it is told piece by piece. */
import type { Browser, Page } from "playwright-core";
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { visit } from "../testing/browser.ts";
import { type ChatPage, chatOn } from "../testing/chat-page.ts";
import { openPretendProxy, type PretendProxy } from "../testing/pretend-proxy.ts";

/** So many turns are drawn without anybody scrolling to them. */
const atOnce = 60;

const emptyPage = `<!doctype html><html lang="en"><title>Examples</title>
<body><script src="/widget.js" data-mode="full" data-images="base.example" async></script>`;

export type ToldAnswers = {
  /** The HTML of answers that the widget finds when it comes back to a conversation. */
  found(answers: readonly string[], citations?: readonly Citation[]): Promise<string[]>;
  /** The HTML of answers that it is told, each in pieces of so many characters. */
  told(answers: readonly string[], characters: number, citations: readonly Citation[]): Promise<string[]>;
  close(): Promise<void>;
};

/** Needs the built widget. */
export async function openToldAnswers(browser: Browser): Promise<ToldAnswers> {
  const proxy = await openPretendProxy();
  proxy.put("/examples", emptyPage);
  const { page, context } = await visit(browser, {
    reducedMotion: "reduce",
    viewport: { width: 320, height: 320 },
  });
  await page.route("https://*.example/**", (route) => route.abort());
  const chat = chatOn(page);
  const come = () => page.goto(`${proxy.address}/examples`);
  await come();
  return {
    async found(answers, citations = []) {
      const all: string[] = [];
      if ((await chat.answers.count()) === 0) {
        await chat.ask("Are you there?");
        await chat.answered();
      }
      // The widget draws two turns a frame. This clock has no frames to wait for.
      await page.clock.install();
      for (let from = 0; from < answers.length; from += atOnce) {
        const some = answers.slice(from, from + atOnce);
        store(proxy, some, citations);
        await come();
        while ((await chat.answers.count()) < some.length) await page.clock.runFor(1000);
        all.push(...(await drawn(chat)));
      }
      return all;
    },
    async told(answers, characters, citations) {
      await startOver(page);
      for (const [index, text] of answers.entries()) {
        proxy.answer(`Question ${index}`, { text, citations, pace: { characters, pieces: 20, everyMs: 5 } });
        await chat.ask(`Question ${index}`);
        await chat.answered(index + 1);
      }
      return drawn(chat);
    },
    async close() {
      await context.close();
      await proxy.close();
    },
  };
}

const startOver = (page: Page) => page.evaluate(`CustomGPTWidget("startOver")`);

function store(proxy: PretendProxy, answers: readonly string[], citations: readonly Citation[]): void {
  const messages = answers.map((answer, index) => ({
    message: String(index),
    prompt: "And this?",
    answer,
    citations: [...citations],
    reaction: "neutral" as const,
  }));
  proxy.stored.splice(0, Infinity, ...messages);
}

const drawn = (chat: ChatPage) =>
  chat.answers.evaluateAll((elements) =>
    elements.map((element) => {
      // Whether a box is ticked is no attribute of it.
      for (const box of element.querySelectorAll("input")) box.toggleAttribute("checked", box.checked);
      return element.innerHTML;
    }),
  );
