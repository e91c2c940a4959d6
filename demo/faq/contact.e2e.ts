/** Messages to the owner and reasons for bad ratings, received by a real webhook. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openReceiver, type Receiver } from "../../proxy/testing/receiver.ts";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

let browser: Browser;
let demo: TestDemo;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await openReceiver();
  [browser, demo] = await Promise.all([
    openBrowser(),
    startTestDemo({ pace: { firstMs: 30, everyMs: 0 }, environment: { CONTACT_WEBHOOK: receiver.address } }),
  ]);
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answerWith(204);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
  await receiver.close();
});

async function openChat() {
  const visited = await visit(browser, { reducedMotion: "reduce" });
  await visited.page.goto(`${demo.address}/faq`);
  const chat = chatOn(visited.page);
  await chat.open();
  return { ...visited, chat };
}

it("an answer that found nothing offers a message to the owner, with the conversation only if that is ticked", async () => {
  const { page, context, chat, complaints } = await openChat();
  await chat.ask("zebra quantum marmalade");
  await chat.answered();
  await page.getByRole("button", { name: "Contact us" }).click();
  const message = page.getByLabel("Your message");
  await message.fill("Do you sell marmalade?");
  await page.getByLabel("Your e-mail address").fill("ada@example.com");
  await page.getByLabel("Attach this conversation").check();
  await page.getByRole("button", { name: "Send message" }).click();
  await page.getByText("Your message is on its way.").waitFor();
  expect(receiver.received.map(({ body }) => body)).toEqual([
    {
      kind: "contact",
      agent: "default",
      site: demo.address,
      message: "Do you sell marmalade?",
      email: "ada@example.com",
      transcript: [expect.objectContaining({ question: "zebra quantum marmalade" })],
    },
  ]);
  await page.keyboard.press("Escape");
  await expect.poll(() => message.count()).toBe(0);
  expect(await chat.panel.isVisible()).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
});

it("a message can be sent before the first question, and is kept when the webhook fails", async () => {
  const { page, context } = await openChat();
  await page.getByRole("button", { name: "More options" }).click();
  await page.getByRole("menuitem", { name: "Contact us" }).click();
  receiver.answerWith(500);
  await page.getByLabel("Your message").fill("Hello?");
  await page.getByRole("button", { name: "Send message" }).click();
  await page.getByText("can’t be reached").waitFor();
  expect(await page.getByLabel("Your message").inputValue()).toBe("Hello?");
  receiver.answerWith(204);
  await page.getByRole("button", { name: "Send message" }).click();
  await page.getByText("Your message is on its way.").waitFor();
  expect(receiver.received).toHaveLength(2);
  await context.close();
});

it("a reason for a thumb down reaches the page and the owner", async () => {
  const { page, context, chat } = await openChat();
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Reflect.set(window, "heard", heard);
    document.addEventListener("customgpt-feedback", (event) => {
      if (event instanceof CustomEvent) heard.push(event.detail);
    });
  });
  await chat.ask("What does it cost?");
  await chat.answered();
  await page.getByRole("button", { name: "Bad answer", exact: true }).click();
  await page.getByRole("button", { name: "Something is missing" }).click();
  await page.getByLabel("In your own words").fill("The price in euros.");
  await page
    .getByRole("group", { name: "What was wrong with it?" })
    .getByRole("button", { name: "Send", exact: true })
    .click();
  await page.getByText("Thank you for telling us.").waitFor();
  expect(receiver.received[0]?.body).toMatchObject({
    kind: "feedback",
    reaction: "disliked",
    reason: "incomplete",
    words: "The price in euros.",
    question: "What does it cost?",
  });
  expect(await page.evaluate(() => Reflect.get(window, "heard"))).toEqual([
    { turn: expect.any(String), reaction: "disliked" },
    { turn: expect.any(String), reaction: "disliked", reason: "incomplete", words: "The price in euros." },
  ]);
  await context.close();
});
