import { expect, it } from "vitest";
import { chatForTests, does, renderView, streamingTurn, press, turnWith } from "../testing/chat.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { Panel } from "../panel/panel.tsx";
import { showSheet } from "./sheet-state.ts";

const sheet = {
  title: () => "A list",
  Content: () => <button type="button">One of it</button>,
};

async function opened() {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith()];
  const view = await renderView(chat, <Panel />);
  const menu = view.named("More options");
  menu.focus();
  await does(() => showSheet(chat, sheet));
  return { chat, menu, ...view };
}

it("a sheet takes the focus, has a name, and makes the rest of the panel inert", async () => {
  const { one, all } = await opened();
  expect(document.activeElement).toBe(one(".sheet"));
  const name = one(".sheet").getAttribute("aria-labelledby") ?? "";
  expect(one(`#${name}`).textContent).toBe("A list");
  expect([one(".reading").inert, one("[part=composer]").inert]).toEqual([true, true]);
  expect(all("[inert] [aria-live=polite]")).toHaveLength(0);
});

it("a sheet closes with its button or Escape and returns the focus; the chat stays open", async () => {
  const { chat, menu, one, all, named } = await opened();
  const event = await press(one(".sheet button"), "Escape");
  expect(event.defaultPrevented).toBe(true);
  expect(chat.close).not.toHaveBeenCalled();
  expect(all(".sheet")).toHaveLength(0);
  expect(document.activeElement).toBe(menu);
  expect(one("[part=composer]").inert).toBe(false);

  await does(() => showSheet(chat, sheet));
  await does(() => named("Back to the conversation").click());
  expect(all(".sheet")).toHaveLength(0);
});

it("a sheet closes when a new question is asked", async () => {
  const { chat, all, one } = await opened();
  await does(() => {
    chat.conversation.streaming.value = streamingTurn("asked by the page");
  });
  expect(all(".sheet")).toHaveLength(0);
  expect(one(".reading").inert).toBe(false);
});

it("what is rendered under a sheet later is inert too", async () => {
  const { chat, one } = await opened();
  await does(() => {
    chat.conversation.finished.value = [];
  });
  expect(one(".reading").inert).toBe(true);
});

it("a chat that is reopened with a sheet focuses the sheet", async () => {
  const { chat, one } = await opened();
  await does(() => {
    chat.open.value = false;
  });
  one(".sheet").blur();
  await does(() => {
    chat.open.value = true;
  });
  expect(document.activeElement).toBe(one(".sheet"));
});
