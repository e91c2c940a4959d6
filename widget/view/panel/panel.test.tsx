import { describe, expect, it } from "vitest";
import {
  chatForTests,
  citationWith,
  does,
  streamingTurn,
  press,
  touchScreen,
  turnWith,
} from "../testing/chat.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "./load-conversation.ts";
import { mountPanel } from "../mount.tsx";

async function panel(prepare: (chat: ReturnType<typeof chatForTests>) => void = () => {}) {
  const chat = chatForTests();
  prepare(chat);
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const place = document.createElement("div");
  document.body.append(place);
  let mounted: ReturnType<typeof mountPanel> | undefined;
  await does(() => {
    mounted = mountPanel(place, chat);
  });
  if (!mounted) throw new Error("not mounted");
  const all = (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)];
  function one(selector: string): HTMLElement {
    const [found] = all(selector);
    if (!found) throw new Error(`There is no ${selector} in ${place.innerHTML}`);
    return found;
  }
  return { chat, place, all, one, ...mounted };
}

describe("the panel", () => {
  it("is a dialog with the agent's name", async () => {
    const { one } = await panel();
    expect(one("[part=panel]").getAttribute("role")).toBe("dialog");
    expect(one("[part=panel]").getAttribute("aria-label")).toBe("Ada");
    expect(one("[part=panel]").hasAttribute("aria-modal")).toBe(false);
  });

  it("cannot be seen, reached or heard while it is closed, and can the moment it is opened", async () => {
    const { chat, one, focus } = await panel((chat) => {
      chat.open.value = false;
    });
    const frame = one("[part=panel]");
    expect([frame.hidden, frame.inert]).toEqual([true, true]);
    chat.open.value = true;
    expect([frame.hidden, frame.inert]).toEqual([false, false]);
    focus();
    expect(document.activeElement).toBe(one("[part=input]"));
  });

  it("takes the focus itself on a touch screen, where a keyboard would cover the starters", async () => {
    const { one, focus } = await panel();
    const backToMouse = touchScreen();
    focus();
    backToMouse();
    expect(document.activeElement).toBe(one("[part=panel]"));
  });

  it("closes with Escape, the menu before it", async () => {
    const { chat, one, all } = await panel();
    await does(() => one("[aria-haspopup=menu]").click());
    await press(one("[role=menuitem]"), "Escape");
    expect(all("[role=menu]")).toHaveLength(0);
    expect(chat.close).not.toHaveBeenCalled();
    await press(one("[part=input]"), "Escape");
    expect(chat.close).toHaveBeenCalledOnce();
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])(
    "leaves Escape to the input method that cancels a composition (%o)",
    async (how) => {
      const { chat, one } = await panel();
      await press(one("[part=input]"), "Escape", how);
      expect(chat.close).not.toHaveBeenCalled();
    },
  );

  it("keeps the focus when the button that had it goes away", async () => {
    const { chat, one } = await panel((chat) => {
      chat.starters.value = ["What is it?"];
    });
    one("[part=starter]").focus();
    await does(() => one("[part=starter]").click());
    expect(document.activeElement).toBe(one("[part=input]"));

    await does(() => {
      chat.conversation.problem.value = { code: "offline" };
    });
    one("[part=notice] button").focus();
    await does(() => one("[part=notice] button").click());
    expect(document.activeElement).toBe(one("[part=input]"));
  });

  it("removes everything when it is unmounted", async () => {
    const { place, dispose } = await panel((chat) => {
      chat.conversation.finished.value = [turnWith()];
    });
    await does(dispose);
    expect(place.innerHTML).toBe("");
  });
});

describe("the transcript", () => {
  it("begins with a welcome", async () => {
    const { one } = await panel();
    expect(one("[part=transcript]").textContent).toContain("How can I help?");
  });

  it("says that an earlier conversation is being fetched, instead of welcoming", async () => {
    const { one } = await panel((chat) => {
      chat.conversation.restoring.value = true;
    });
    expect(one("[part=transcript]").textContent).toContain("Fetching your conversation…");
    expect(one("[part=transcript]").textContent).not.toContain("How can I help?");
  });

  it("can be scrolled with the keyboard and is not read out piece by piece", async () => {
    const { one } = await panel();
    expect(one("[part=transcript]").tabIndex).toBe(0);
    expect(one("[part=transcript]").getAttribute("aria-live")).toBe("off");
  });

  it("says who said what", async () => {
    const { all } = await panel((chat) => {
      chat.conversation.finished.value = [turnWith({ question: "Is it free?", answer: "It is." })];
    });
    expect(all("[part=message]").map((message) => message.dataset["from"])).toEqual(["visitor", "agent"]);
    expect(all("[part=message]").map((message) => message.querySelector(".unseen")?.textContent)).toEqual([
      "You asked:",
      "Answer:",
    ]);
    expect(all("[part=answer]").map((answer) => answer.textContent?.trim())).toEqual(["It is."]);
  });

  it("shows the loading text, the streaming answer and the finished answer in the same element", async () => {
    const { chat, one, all } = await panel();
    const streaming = streamingTurn();
    await does(() => {
      chat.conversation.streaming.value = streaming;
    });
    expect(one("[part=message][data-from=agent]").textContent).toContain("Looking for the answer…");
    const answer = one("[part=answer]");
    expect(answer.getAttribute("aria-busy")).toBe("true");

    await does(() => {
      streaming.phase.value = "answering";
      streaming.answer.value = "It is a";
    });
    expect(all(".loading")).toHaveLength(0);
    await expect.poll(() => answer.textContent).toContain("It is a");

    await does(() => {
      chat.conversation.finished.value = [
        turnWith({ answer: "It is a chat.", citations: [citationWith("1")] }),
      ];
      chat.conversation.streaming.value = null;
    });
    expect(one("[part=answer]")).toBe(answer);
    expect(answer.textContent).toContain("It is a chat.");
    expect(answer.hasAttribute("aria-busy")).toBe(false);
    expect(all("[part=citation]")).toHaveLength(1);
  });

  it("keeps the answer so far while it reconnects, and says so", async () => {
    const { chat, one } = await panel();
    const streaming = streamingTurn();
    await does(() => {
      streaming.answer.value = "It is";
      streaming.phase.value = "reconnecting";
      chat.conversation.streaming.value = streaming;
    });
    expect(one("[part=answer]").textContent).toContain("It is");
    expect(one(".loading").textContent).toContain("Reconnecting");
  });

  it("offers to ask a failed question again, but only the last one", async () => {
    const failed = { end: "failed", problem: { code: "upstream-down" }, answer: "", message: null } as const;
    const { chat, all } = await panel((chat) => {
      chat.conversation.finished.value = [turnWith({ id: "a", ...failed }), turnWith({ id: "b", ...failed })];
    });
    expect(all("[part=notice]")).toHaveLength(2);
    const buttons = all("[part=notice] button");
    expect(buttons.map((button) => button.textContent)).toEqual(["Try again"]);
    await does(() => buttons[0]?.click());
    expect(chat.conversation.retry).toHaveBeenCalledExactlyOnceWith("b");
  });

  it("keeps the text of a stopped answer, with a retry button", async () => {
    const { one } = await panel((chat) => {
      chat.conversation.finished.value = [turnWith({ answer: "It is", end: "stopped" })];
    });
    expect(one("[part=answer]").textContent).toContain("It is");
    expect(one("[part=notice]").textContent).toBe("You stopped this answer.Try again");
  });

  it("shows no sources where the owner wants none", async () => {
    const { chat, all } = await panel((chat) => {
      chat.conversation.finished.value = [turnWith({ citations: [citationWith("1")] })];
    });
    expect(all("[part=citation]")).toHaveLength(1);
    await does(() => {
      chat.profile.value = { ...chat.profile.value, citations: false };
    });
    expect(all("[part=citation]")).toHaveLength(0);
  });
});
