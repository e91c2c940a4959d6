import { describe, expect, it } from "vitest";
import { chatForTests, does, renderView, profileWith, press, turnWith } from "../testing/chat.tsx";
import { Header } from "./header.tsx";

describe("the header", () => {
  it("names the agent, with the first letter where there is no picture", async () => {
    const { one } = await renderView(chatForTests(), <Header />);
    expect(one("h2").textContent).toBe("Ada");
    expect(one(".avatar").textContent).toBe("A");
  });

  it("shows the agent's picture from the proxy, and the letter when it does not load", async () => {
    const chat = chatForTests();
    chat.profile.value = profileWith({ avatar: "/v1/pictures/7" });
    const { one } = await renderView(chat, <Header />);
    const picture = one("img.avatar");
    expect(picture.getAttribute("src")).toBe("https://proxy.example/v1/pictures/7");
    await does(() => {
      picture.dispatchEvent(new Event("error"));
    });
    expect(one(".avatar").textContent).toBe("A");
  });

  it("has a default title where the agent has none", async () => {
    const chat = chatForTests();
    chat.profile.value = profileWith({ title: " " });
    const { one } = await renderView(chat, <Header />);
    expect(one("h2").textContent).toBe("Chat");
  });

  it("closes with its button, and has none where the chat cannot be closed", async () => {
    const chat = chatForTests();
    const { one } = await renderView(chat, <Header />);
    await does(() => one("[part=close]").click());
    expect(chat.close).toHaveBeenCalledOnce();

    const { close: _, ...inline } = chatForTests();
    expect((await renderView(inline, <Header />)).all("[part=close]")).toHaveLength(0);
  });
});

describe("the menu", () => {
  async function menu() {
    const chat = chatForTests();
    chat.conversation.finished.value = [turnWith()];
    const view = await renderView(chat, <Header />);
    return { chat, button: view.named("More options"), ...view };
  }

  it("opens with its button and focuses its first item", async () => {
    const { button, one } = await menu();
    expect(button.getAttribute("aria-expanded")).toBe("false");
    await does(() => button.click());
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(document.activeElement).toBe(one("[role=menuitem]"));
  });

  it("opens with the down arrow too", async () => {
    const { button, one } = await menu();
    await press(button, "ArrowDown");
    expect(document.activeElement).toBe(one("[role=menuitem]"));
  });

  it("closes with Escape, returns the focus, and does not pass the key on", async () => {
    const { button, one, all } = await menu();
    await does(() => button.click());
    const event = await press(one("[role=menuitem]"), "Escape");
    expect(all("[role=menu]")).toHaveLength(0);
    expect(document.activeElement).toBe(button);
    expect(event.defaultPrevented).toBe(true);
  });

  it("closes when the focus goes elsewhere", async () => {
    const { button, one, all } = await menu();
    await does(() => button.click());
    await does(() => one("[part=close]").focus());
    expect(all("[role=menu]")).toHaveLength(0);
  });

  it("stays open, with its focus, when the texts of the visitor's language arrive", async () => {
    const { chat, button, one } = await menu();
    await does(() => button.click());
    await does(() => {
      chat.texts.value = { ...chat.texts.value, startOver: "Neu beginnen" };
    });
    const item = one("[role=menuitem]");
    expect(item.textContent).toBe("Neu beginnen");
    expect(document.activeElement).toBe(item);
  });

  it("starts over", async () => {
    const { chat, button, one, all } = await menu();
    await does(() => button.click());
    await does(() => one("[role=menuitem]").click());
    expect(chat.conversation.startOver).toHaveBeenCalledOnce();
    expect(all("[role=menu]")).toHaveLength(0);
  });

  it("cannot start over before a conversation has started", async () => {
    const chat = chatForTests();
    const { named, one } = await renderView(chat, <Header />);
    await does(() => named("More options").click());
    expect(one("[role=menuitem]").getAttribute("aria-disabled")).toBe("true");
    await does(() => one("[role=menuitem]").click());
    expect(chat.conversation.startOver).not.toHaveBeenCalled();
  });
});
