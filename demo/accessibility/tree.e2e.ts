/** Accessibility tree of the chat, word for word. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessibilityTree } from "../testing/accessibility-tree.ts";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { stubAnswer } from "../testing/stub-answer.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const answer = `Bread needs **three** things [1]:

## What to buy

- flour, from [the mill](https://mill.example/flour)
- water

| Flour | Water |
| --- | --- |
| 500 g | 350 ml |

\`\`\`sh
bake --hours 1
\`\`\`
`;

/** As in the settings of the guide's agent. */
const disclosure = "Answers are taken from this site's pages by a program, which can pick the wrong ones.";

const citations = [{ title: "How to bake", url: "https://bakery.example/bread" }];

async function openPage(answers: boolean) {
  const { context, page } = await visit(browser, { reducedMotion: "reduce" });
  if (answers) await stubAnswer(context, { answer, citations });
  await page.goto(`${demo.address}/accessibility`);
  await page.evaluate(`CustomGPTWidget("set", { starters: ["Where is my key?", "What does it cost?"] })`);
  const chat = chatOn(page);
  await chat.launcher.waitFor({ state: "visible" });
  return { context, page, chat };
}

it("a closed chat is one button, with the state collapsed", async () => {
  const { context, page } = await openPage(false);
  await expect.poll(() => accessibilityTree(page)).toBe(`button "Widget guide" [expanded: false]`);
  await context.close();
});

it("an opened chat names the agent, the disclosure and the starters", async () => {
  const { context, page, chat } = await openPage(false);
  await chat.open();
  await expect.poll(() => accessibilityTree(page)).toBe(`button "Widget guide" [hasPopup: dialog, expanded]
dialog "Widget guide"
  heading 2 "Widget guide"
  button "More options" [hasPopup: menu, expanded: false]
  button "Close chat"
  log "Conversation"
    paragraph: "How can I help?"
    paragraph: "${disclosure}"
    paragraph: "Good questions to begin with"
    list
      listitem
        button "Where is my key?"
      listitem
        button "What does it cost?"
  status [live: polite]
  form
    textbox "Your question" (${disclosure})
    button "Ask about this page"
    button "Send" [disabled]`);
  await context.close();
});

it("an answered conversation has headings by speaker, texts, sources and actions, in this order", async () => {
  const { context, page, chat } = await openPage(true);
  await chat.open();
  await chat.ask("How do I bake bread?");
  await chat.answered();
  await expect.poll(() => accessibilityTree(page)).toBe(`button "Widget guide" [hasPopup: dialog, expanded]
status [live: polite]
dialog "Widget guide"
  heading 2 "Widget guide"
  button "More options" [hasPopup: menu, expanded: false]
  button "Close chat"
  log "Conversation"
    article
      heading 3 "You asked:"
      paragraph: "How do I bake bread?"
      button "Edit question"
    article
      heading 3 "Answer:"
      paragraph
        text "Bread needs "
        strong: "three"
        text " things "
        superscript
          link "1 (opens in a new tab)" (How to bake)
        text ":"
      heading 4 "What to buy"
      list
        listitem
          paragraph
            text "flour, from "
            link "the mill (opens in a new tab)" (mill.example)
        listitem
          paragraph: "water"
      table
        rowgroup
          row
            columnheader "Flour"
            columnheader "Water"
        row
          cell "500 g"
          cell "350 ml"
      code: "bake --hours 1 "
      button "Copy code"
      heading 4 "Sources"
      list
        listitem
          link "1 How to bake bakery.example (opens in a new tab)"
      button "Copy answer"
      button "Good answer" [pressed: false]
      button "Bad answer" [pressed: false]
  status [live: polite]
  form
    textbox "Your question"
    button "Ask about this page"
    button "Send" [disabled]
  text "Answer: Bread needs three things 1 : What to buy flour, from the mill water Flour Water 500 g 350 ml bake --hours 1"`);
  await context.close();
});

it("a problem is in the place of the answer, with its button", async () => {
  const { context, page, chat } = await openPage(false);
  await chat.open();
  demo.fault("server-error");
  await chat.ask("How do I bake bread?");
  await chat.notice.waitFor();
  await expect.poll(() => accessibilityTree(page)).toBe(`button "Widget guide" [hasPopup: dialog, expanded]
status [live: polite]
dialog "Widget guide"
  heading 2 "Widget guide"
  button "More options" [hasPopup: menu, expanded: false]
  button "Close chat"
  log "Conversation"
    article
      heading 3 "You asked:"
      paragraph: "How do I bake bread?"
      button "Edit question"
    article
      heading 3 "Answer:"
      paragraph: "Oops! The agent is taking a siesta. Please come back a little later."
      button "Try again"
  status [live: polite]
  form
    textbox "Your question"
    button "Ask about this page"
    button "Send" [disabled]
  text "Oops! The agent is taking a siesta. Please come back a little later."`);
  await context.close();
});
