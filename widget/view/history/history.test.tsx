import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ConversationHistory } from "../../conversation/conversation.ts";
import { chatForTests, does, renderView, press, turnWith } from "../testing/chat.tsx";
import { deletionSheet, historySheet, historyItems } from "./history-menu.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { Panel } from "../panel/panel.tsx";
import type { Sheet } from "../chat-state.ts";
import { showSheet } from "../ui/sheet-state.ts";
import { actionMessagesOf } from "../actions/use-action-messages.ts";

const kept = [
  { id: "present", name: "Cost?", at: Date.UTC(2026, 10, 27, 9), isPresent: true },
  { id: "2", name: "Opening hours?", at: Date.UTC(2026, 10, 26, 9), isPresent: false },
  { id: "3", name: "", at: Date.UTC(2026, 10, 25, 9), isPresent: false },
];

beforeEach(async () => {
  await import("./history.lazy.tsx");
  await Promise.all([conversationView.load(), conversationActions.load()]);
});

async function opened(sheet: Sheet, list = kept) {
  const chat = chatForTests();
  let here = list;
  const history = {
    list: () => here,
    resume: vi.fn<ConversationHistory["resume"]>(() => true),
    remove: vi.fn<ConversationHistory["remove"]>((id) => {
      here = here.filter((each) => each.id !== id);
      return Promise.resolve(null);
    }),
  };
  chat.history.mockResolvedValue(history);
  chat.conversation.finished.value = [turnWith()];
  const view = await renderView(chat, <Panel />);
  await does(() => showSheet(chat, sheet));
  await expect.poll(() => view.all(".loading").length).toBe(0);
  return { chat, history, ...view };
}

describe("the list of earlier conversations", () => {
  it("lists names and times, marks the current one, and has a named delete button for each", async () => {
    const { all, one } = await opened(historySheet);
    expect(one(".history-list").tagName).toBe("UL");
    expect(all(".history-title").map((name) => name.textContent)).toEqual([
      "Cost?",
      "Opening hours?",
      "Conversation",
    ]);
    expect(all("[aria-current=true]").map((each) => each.textContent)).toEqual([
      expect.stringContaining("Cost?"),
    ]);
    expect(all(".history-list time").map((time) => time.getAttribute("datetime"))).toEqual(
      kept.map(({ at }) => new Date(at).toISOString()),
    );
    expect(all(".history-list .icon-button").map((button) => button.getAttribute("title"))).toEqual([
      "Delete “Cost?”",
      "Delete “Opening hours?”",
      "Delete “Conversation”",
    ]);
  });

  it("opens the chosen conversation and closes", async () => {
    const { all, history } = await opened(historySheet);
    await does(() => all(".history-open")[1]?.click());
    expect(history.resume).toHaveBeenCalledWith("2");
    expect(all(".sheet")).toHaveLength(0);
  });

  it("stays open without a conversation that another tab has deleted", async () => {
    const { all, history } = await opened(historySheet);
    history.resume.mockReturnValue(false);
    await history.remove("2");
    await does(() => all(".history-open")[1]?.click());
    expect(all(".history-list > li")).toHaveLength(2);
  });

  it("says so when there are none", async () => {
    const { one, all } = await opened(historySheet, []);
    expect(one(".history-empty").textContent).toBe("No conversations are kept on this device.");
    expect(all(".history-list > li")).toHaveLength(0);
  });

  it("asks before it deletes one; the focus returns on cancel, and moves to the next after deletion", async () => {
    const { named, all, history, one } = await opened(historySheet);
    await does(() => named("Delete “Opening hours?”").click());
    expect(one(".deleting").textContent).toContain("can’t be brought back");
    const [cancel] = all(".deleting button");
    expect(document.activeElement).toBe(cancel);
    await does(() => cancel?.click());
    expect(document.activeElement).toBe(named("Delete “Opening hours?”"));
    expect(history.remove).not.toHaveBeenCalled();

    await does(() => named("Delete “Opening hours?”").click());
    await does(() => all(".deleting button")[1]?.click());
    expect(all(".history-list > li")).toHaveLength(2);
    expect(document.activeElement).toBe(all(".history-open")[1]);
  });

  it("says when a deletion failed, and can retry it", async () => {
    const { named, all, one, history } = await opened(historySheet);
    history.remove.mockResolvedValueOnce({ code: "upstream-down" });
    await does(() => named("Delete “Opening hours?”").click());
    await does(() => all(".deleting button")[1]?.click());
    expect(one("[role=alert]").textContent).toContain("Please try again");
    expect(all(".history-list > li")).toHaveLength(3);
    const again = all(".deleting button")[1];
    expect(again?.textContent).toBe("Try again");
    await does(() => again?.click());
    expect(all(".history-list > li")).toHaveLength(2);
  });
});

describe("deleting the current conversation", () => {
  it("is explained first, and confirmed with a button", async () => {
    const { all, one, history } = await opened(deletionSheet);
    expect(one(".deleting").getAttribute("aria-labelledby")).toBe("deleting");
    const [cancel, confirm] = all(".deleting button");
    expect(document.activeElement).toBe(cancel);
    await does(() => confirm?.click());
    expect(history.remove).toHaveBeenCalledWith("present");
    expect(all(".sheet")).toHaveLength(0);
  });

  it("is cancelled by Escape", async () => {
    const { all, one, chat, history } = await opened(deletionSheet);
    await press(one(".deleting button"), "Escape");
    expect(all(".sheet")).toHaveLength(0);
    expect(history.remove).not.toHaveBeenCalled();
    expect(chat.close).not.toHaveBeenCalled();
  });

  it("is offered only if there is a conversation; the list always is", () => {
    const chat = chatForTests();
    const offered = () => historyItems(chat, actionMessagesOf(chat).value).map(({ disabled }) => disabled);
    expect(offered()).toEqual([false, true]);
    chat.conversation.finished.value = [turnWith()];
    expect(offered()).toEqual([false, false]);
  });
});
