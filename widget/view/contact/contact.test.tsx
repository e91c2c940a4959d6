import { describe, expect, it } from "vitest";
import { contact } from "../../options/contact-parser.ts";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { chatForTests, does, renderView, profileWith, turnWith, type } from "../testing/chat.tsx";
import type { Chat } from "../chat-context.ts";
import { ContactForm } from "./contact-form.tsx";
import { Contact } from "./contact.lazy.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { mailtoLink } from "./mailto.ts";
import { Panel } from "../panel/panel.tsx";
import { ContactSuggestion } from "./contact-suggestion.tsx";

/** A chat whose tag says where visitors can turn. */
function chatTurningTo(given: string | null, begun = true) {
  const chat = chatForTests();
  if (begun) chat.conversation.finished.value = [turnWith()];
  const option: Chat["option"] = (table, name) =>
    (name === "contact" && given !== null ? table[name].read(given) : undefined) ?? table[name].fallback;
  return { ...chat, option };
}

const { read } = contact();

it.each([
  ["help@example.com", "mailto:help@example.com"],
  ["mailto:help@example.com", "mailto:help@example.com"],
  ["tel:+49 30 123", "tel:+4930123"],
  ["https://example.com/contact", "https://example.com/contact"],
  [" OFF ", "off"],
  ["javascript:alert(1)", undefined],
  ["mailto:a@b.example?bcc=everybody@example.com", undefined],
  ["help at example.com", undefined],
  ["https://", undefined],
  ["", undefined],
])("the owner's contact %j is taken as %j", (given, expected) => {
  expect(read(given)).toBe(expected);
});

describe("the link to the owner's contact", () => {
  const noAnswer = "I do not know that.";
  const stuck = turnWith({ answer: noAnswer });

  it("is offered under an answer that found nothing, and under no other", async () => {
    const chat = chatTurningTo("help@example.com");
    chat.profile.value = profileWith({ texts: { ...noTexts, noAnswer } });
    expect(
      (await renderView(chat, <ContactSuggestion turn={stuck} last={false} />)).all("button"),
    ).toHaveLength(1);
    expect((await renderView(chat, <ContactSuggestion turn={turnWith()} last />)).all("button")).toHaveLength(
      0,
    );
  });

  it("is offered where the last answer failed, but not if the visitor can solve the problem", async () => {
    const chat = chatTurningTo("help@example.com");
    const failed = (code: "budget-used-up" | "offline") =>
      turnWith({ answer: "", end: "failed", problem: { code } });
    expect(
      (await renderView(chat, <ContactSuggestion turn={failed("budget-used-up")} last />)).all("button"),
    ).toHaveLength(1);
    const earlier = await renderView(
      chat,
      <ContactSuggestion turn={failed("budget-used-up")} last={false} />,
    );
    expect(earlier.all("button")).toHaveLength(0);
    expect(
      (await renderView(chat, <ContactSuggestion turn={failed("offline")} last />)).all("button"),
    ).toHaveLength(0);
  });

  it("is not there where the owner named none, or switched it off", async () => {
    for (const [given, takes] of [
      [null, false],
      ["off", true],
    ] as const) {
      const chat = chatTurningTo(given);
      chat.profile.value = profileWith({ contact: takes, texts: { ...noTexts, noAnswer } });
      expect((await renderView(chat, <ContactSuggestion turn={stuck} last />)).all("button")).toHaveLength(0);
    }
  });
});

it("the menu opens the contact sheet, also before the first question", async () => {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const chat = chatTurningTo("tel:+4930123", false);
  const { named, one } = await renderView(chat, <Panel />);
  await does(() => named("More options").click());
  await does(() => named("Contact us").click());
  await expect.poll(() => one(".sheet a").getAttribute("href")).toBe("tel:+4930123");
  expect(one(".sheet h3").textContent).toBe("Contact us");
});

describe("a mail to the owner", () => {
  it("includes the conversation only if the visitor ticks the box", async () => {
    const { one } = await renderView(chatTurningTo("help@example.com"), <Contact />);
    const href = () => one("a").getAttribute("href") ?? "";
    expect(href()).toBe("mailto:help@example.com?subject=Conversation%20with%20Ada");
    await does(() => one("input[type=checkbox]").click());
    const body = new URL(href()).searchParams.get("body");
    expect(body).toContain("**You asked:** What is it?\r\n\r\n**Answer:**\r\n\r\nA chat.");
    await does(() => one("input[type=checkbox]").click());
    expect(href()).not.toContain("body");
  });

  it("is never longer than mail programs take, keeps the end, and stays whole characters", () => {
    const text = `beginning ${"🧁 né\n".repeat(800)}end 🧁`;
    const { href, isCut } = mailtoLink({ address: "a@b.example", subject: "Hi & bye", text });
    expect(isCut).toBe(true);
    expect(href.length).toBeLessThanOrEqual(1_900);
    const { searchParams } = new URL(href);
    expect(searchParams.get("subject")).toBe("Hi & bye");
    expect(searchParams.get("body")).toMatch(/^\[…\]\r\n\r\n[🧁 né\r\n]+end 🧁$/u);
    expect(() => decodeURIComponent(href)).not.toThrow();
    const short = mailtoLink({ address: "a@b.example", subject: "s", text: "half \ud83e" });
    expect(short).toEqual({ href: "mailto:a@b.example?subject=s&body=half%20%3F", isCut: false });
  });
});

it("an owner's page opens unchanged, and the conversation can be copied before", async () => {
  const chat = chatTurningTo("https://www.example.com/contact?x=1");
  const { one, named } = await renderView(chat, <Contact />);
  expect(one("a").getAttribute("href")).toBe("https://www.example.com/contact?x=1");
  expect(one("a").getAttribute("rel")).toContain("noreferrer");
  await does(() => named("Copy conversation").click());
  expect(chat.copy).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("What is it?"));
  expect(one("output").textContent).toBe("Copied");
});

describe("the form", () => {
  async function form(begun = true) {
    const chat = chatTurningTo(null, begun);
    const view = await renderView(chat, <ContactForm />);
    const email = async (words: string) => {
      const field = view.one("input[type=email]");
      if (!(field instanceof HTMLInputElement)) throw new Error("no field");
      await does(() => {
        field.value = words;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      });
    };
    return { chat, email, ...view };
  }

  it("focuses its first field, sends the message once, and focuses the confirmation", async () => {
    const { chat, one, email, named } = await form();
    expect(document.activeElement).toBe(one("textarea"));
    await type(one("textarea"), "Call me.");
    await email(" ada@example.com ");
    await does(() => {
      named("Send message").click();
      named("Send message").click();
    });
    expect(chat.write).toHaveBeenCalledExactlyOnceWith({
      message: "Call me.",
      email: "ada@example.com",
      attach: false,
    });
    expect(one(".sent").textContent).toBe("Your message is on its way.");
    expect(document.activeElement).toBe(one(".sent"));
  });

  it("attaches the conversation only if the box is ticked, and offers that only if there is one", async () => {
    const { chat, one, named } = await form();
    await type(one("textarea"), "Call me.");
    await does(() => one("input[type=checkbox]").click());
    await does(() => named("Send message").click());
    expect(chat.write).toHaveBeenCalledWith({ message: "Call me.", attach: true });
    expect((await form(false)).all("input[type=checkbox]")).toHaveLength(0);
  });

  it("sends no empty message", async () => {
    const { chat, one, named } = await form();
    await type(one("textarea"), "  \n ");
    await does(() => named("Send message").click());
    expect(chat.write).not.toHaveBeenCalled();
  });

  it("keeps the message when sending fails, says why, and can be sent again", async () => {
    const { chat, one, named } = await form();
    chat.write.mockResolvedValueOnce({ code: "upstream-down" });
    await type(one("textarea"), "Call me.");
    await does(() => named("Send message").click());
    expect(one("[role=alert]").textContent).toBe("The chat can’t be reached right now.");
    chat.write.mockResolvedValueOnce({ code: "too-many", words: "Call +49 30 123 instead." });
    await does(() => named("Send message").click());
    expect(one("[role=alert]").textContent).toBe("Call +49 30 123 instead.");
    await does(() => named("Send message").click());
    expect(one(".sent").textContent).toBe("Your message is on its way.");
    expect(chat.write).toHaveBeenCalledTimes(3);
  });

  it("keeps the message when it is closed and opened again", async () => {
    const { chat, one } = await form();
    await type(one("textarea"), "Half a thou");
    const again = await renderView(chat, <ContactForm />);
    expect(again.one("textarea")).toHaveProperty("value", "Half a thou");
  });
});
