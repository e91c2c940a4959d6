import { describe, expect, it } from "vitest";
import type { Page } from "../../../proxy/protocol/bodies.ts";
import {
  chatForTests,
  does,
  renderView,
  profileWith,
  streamingTurn,
  servicesForTests,
  press,
  touchScreen,
  turnWith,
  type,
} from "../testing/chat.tsx";
import type { FinishedTurn } from "../../conversation/types.ts";
import { conversationMarkdown } from "../export/conversation-markdown.ts";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { Panel } from "../panel/panel.tsx";

type TestChat = ReturnType<typeof chatForTests>;

async function panel(prepare: (chat: TestChat) => Partial<TestChat> | void = () => {}) {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const plain = chatForTests();
  const chat = { ...plain, ...prepare(plain) };
  const view = await renderView(chat, <Panel />);
  const input = view.one("[part=input]");
  if (!(input instanceof HTMLTextAreaElement)) throw new Error("no field");
  return { chat, input, ...view };
}

const asked = ({ conversation }: TestChat) => {
  conversation.finished.value = [
    turnWith({ id: "a", question: "First?" }),
    turnWith({ id: "b", question: "Last?" }),
  ];
};

describe("the last question", () => {
  it("is put into the empty field by arrow up, and sent as a new one", async () => {
    const { chat, input, one, all } = await panel(asked);
    expect((await press(input, "ArrowUp")).defaultPrevented).toBe(true);
    expect(input.value).toBe("Last?");
    expect(one("#editing").textContent).toBe("You are editing an earlier question.");
    expect(input.getAttribute("aria-describedby")?.split(" ")).toContain("editing");
    await type(input, "Last, but shorter?");
    await press(input, "Enter");
    expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("Last, but shorter?");
    await does(() => {
      chat.conversation.streaming.value = streamingTurn("c");
    });
    expect(all("#editing")).toHaveLength(0);
    expect(input.value).toBe("");
  });

  it("is not put into a field with text, nor before the first question", async () => {
    const { input } = await panel(asked);
    await type(input, "Half");
    expect((await press(input, "ArrowUp")).defaultPrevented).toBe(false);
    expect(input.value).toBe("Half");
    const fresh = await panel();
    expect((await press(fresh.input, "ArrowUp")).defaultPrevented).toBe(false);
  });

  it("is not put there while an input method composes a word", async () => {
    const { input } = await panel(asked);
    await press(input, "ArrowUp", { isComposing: true });
    expect(input.value).toBe("");
  });

  it.each(["with the field", "with a button of the panel"])(
    "is left with Escape, %s in focus, before Escape closes the chat; the former text is restored",
    async (where) => {
      const { chat, input, named, all } = await panel(asked);
      await type(input, "A draft");
      await does(() => named("Edit question").click());
      expect(input.value).toBe("Last?");
      expect(document.activeElement).toBe(input);
      const focused = where === "with the field" ? input : named("Copy answer");
      expect((await press(focused, "Escape")).defaultPrevented).toBe(true);
      expect(chat.close).not.toHaveBeenCalled();
      expect(input.value).toBe("A draft");
      expect(all("#editing")).toHaveLength(0);
      await press(focused, "Escape");
      expect(chat.close).toHaveBeenCalledOnce();
    },
  );

  it("is left with Escape also when a problem has appeared meanwhile", async () => {
    const { chat, input, named, all } = await panel(asked);
    await press(input, "ArrowUp");
    await does(() => {
      chat.conversation.problem.value = { code: "unreachable" };
    });
    await press(named("Dismiss"), "Escape");
    expect(chat.close).not.toHaveBeenCalled();
    expect(all("#editing")).toHaveLength(0);
  });

  it("does not restore the former text for another visitor after a sign-out", async () => {
    const { chat, input, named } = await panel(asked);
    await type(input, "My secret");
    await does(() => named("Edit question").click());
    // As remembering.ts does it.
    await does(() => {
      chat.draft.value = "";
      chat.conversation.finished.value = [];
    });
    expect(input.value).toBe("");
  });

  it("is left with a button, which focuses the field", async () => {
    const { input, named, all } = await panel(asked);
    await press(input, "ArrowUp");
    await does(() => named("Cancel").click());
    expect(all("#editing")).toHaveLength(0);
    expect(input.value).toBe("");
    expect(document.activeElement).toBe(input);
  });

  it("can be edited on a touch screen, where the field takes the focus", async () => {
    const { input, named } = await panel(asked);
    const backToMouse = touchScreen();
    await does(() => named("Edit question").click());
    expect(document.activeElement).toBe(input);
    backToMouse();
  });

  it("alone has the edit button, and only when it is answered", async () => {
    const { chat, all } = await panel(asked);
    expect(all("[title='Edit question']")).toHaveLength(1);
    await does(() => {
      chat.conversation.streaming.value = streamingTurn("c");
    });
    expect(all("[title='Edit question']")).toHaveLength(0);
  });

  it("being edited stays in the field when another tab asks meanwhile", async () => {
    const { chat, input, all } = await panel(asked);
    await press(input, "ArrowUp");
    await type(input, "Last, but");
    await does(() => {
      chat.conversation.streaming.value = streamingTurn("c");
    });
    expect(input.value).toBe("Last, but");
    expect(all("#editing")).toHaveLength(0);
  });
});

describe("a question over the limit", () => {
  it("is announced once when it becomes so, and when the visitor tries to send it", async () => {
    const { chat, input, place } = await panel((given) => {
      given.profile.value = profileWith({ longestPrompt: 3 });
    });
    const said = () =>
      [...place.querySelectorAll("[aria-live=polite]")].map((each) => each.textContent).join("");
    await type(input, "123");
    await type(input, "1234");
    await expect.poll(() => said()).toContain("1 character too many");
    await type(input, "12345");
    expect(said()).toContain("1 character too many");
    await press(input, "Enter");
    await expect.poll(() => said()).toContain("2 characters too many");
    expect(chat.conversation.ask).not.toHaveBeenCalled();
  });
});

describe("asking about the page", () => {
  /** Another chat, whose hands came later, makes its offer by now. */
  async function handsCame() {
    const { named } = await panel(withOption("ask"));
    await expect.poll(() => named("Ask about this page")).toBeTruthy();
  }

  const here: Page = { title: "Prices", url: "https://shop.example/prices" };
  const withOption = (page: string) => (chat: TestChat) => ({
    option: ((table, name) =>
      (name === "page" ? table[name].read(page) : undefined) ??
      table[name].fallback) satisfies TestChat["option"],
    composerServices: () => Promise.resolve(servicesForTests(here)),
    about: chat.pageContext,
  });

  it("is offered, and sends the page only if the visitor accepts", async () => {
    const { chat, input, named, one, all } = await panel(withOption("ask"));
    await expect.poll(() => named("Ask about this page")).toBeTruthy();
    const offer = named("Ask about this page");
    expect(chat.pageContext.value).toBeNull();
    await does(() => offer.click());
    expect(chat.pageContext.value).toEqual(here);
    expect(one("#about").textContent).toBe("Using this page: Prices");
    expect(one(".status-line").title).toContain(here.url);
    expect(document.activeElement).toBe(input);
    expect(all("[title='Ask about this page']")).toHaveLength(0);
    await does(() => named("Ask without this page").click());
    expect(chat.pageContext.value).toBeNull();
    expect(document.activeElement).toBe(input);
    expect(all("#about")).toHaveLength(0);
  });

  it("is on from the start where the owner wants that, and the visitor can switch it off", async () => {
    const { chat, named, one, all } = await panel(withOption("on"));
    await expect.poll(() => one("#about").textContent).toContain("Using this page");
    expect(chat.pageContext.value).toEqual(here);
    await does(() => named("Ask without this page").click());
    expect(chat.pageContext.value).toBeNull();
    expect(all("#about")).toHaveLength(0);
  });

  it("is not offered where the owner does not want it, nor on a page that is not on the web", async () => {
    const off = await panel(withOption("off"));
    await handsCame();
    expect(off.all("[title='Ask about this page']")).toHaveLength(0);
    const local = await panel((chat) => ({
      ...withOption("on")(chat),
      composerServices: () => Promise.resolve(servicesForTests({ title: "Draft", url: "" })),
    }));
    await handsCame();
    expect(local.all("[title='Ask about this page'], #about")).toHaveLength(0);
    expect(local.chat.pageContext.value).toBeNull();
  });

  it("is announced with the title that the page gets a moment after its address", async () => {
    let go: (page: Page) => void = () => {};
    const { one } = await panel((given) => ({
      ...withOption("on")(given),
      composerServices: () =>
        Promise.resolve({
          ...servicesForTests(),
          followPage(onChange: (page: Page) => void) {
            go = onChange;
            onChange(here);
            return () => {};
          },
        }),
    }));
    await expect.poll(() => one("#about")).toBeTruthy();
    await does(() => go({ title: "Prices", url: "https://shop.example/shoes" }));
    const live = one("[aria-live=polite]");
    const said: string[] = [];
    const watching = new MutationObserver(() => said.push(live.textContent));
    watching.observe(live, { childList: true, subtree: true, characterData: true });
    await does(() => go({ title: "Shoes", url: "https://shop.example/shoes" }));
    await expect.poll(() => said.filter(Boolean).at(-1)).toBe("Using this page: Shoes");
    watching.disconnect();
  });

  it("holds for this page only, and as long as the conversation lasts", async () => {
    let go: (page: Page) => void = () => {};
    const { chat, named, all } = await panel((given) => ({
      ...withOption("ask")(given),
      composerServices: () =>
        Promise.resolve({
          ...servicesForTests(),
          followPage(onChange: (page: Page) => void) {
            go = onChange;
            onChange(here);
            return () => {};
          },
        }),
    }));
    await expect.poll(() => named("Ask about this page")).toBeTruthy();
    const offer = named("Ask about this page");
    await does(() => offer.click());
    await does(() => go({ ...here, title: "New prices" }));
    expect(chat.pageContext.value?.title).toBe("New prices");
    await does(() => go({ title: "Other", url: "https://shop.example/other" }));
    expect(chat.pageContext.value).toBeNull();
    expect(all("#about")).toHaveLength(0);
    await does(() => named("Ask about this page").click());
    await does(() => asked(chat));
    expect(chat.pageContext.value?.title).toBe("Other");
    await does(() => {
      chat.conversation.finished.value = [];
    });
    await expect.poll(() => chat.pageContext.value).toBeNull();
  });
});

describe("a question that waits for a network", () => {
  it("says so, and is put back into the field, before text typed meanwhile", async () => {
    const { chat, input, one, named } = await panel(() => ({
      composerServices: () => Promise.resolve({ ...servicesForTests(), withdraw: () => "What is it?" }),
    }));
    const turn = streamingTurn();
    turn.phase.value = "offline";
    await does(() => {
      chat.conversation.streaming.value = turn;
    });
    expect(one("[part=notice]").textContent).toContain("You are offline.");
    await type(input, "And more");
    await does(() => named("Take it back").click());
    await expect.poll(() => input.value).toBe("What is it?\nAnd more");
    expect(document.activeElement).toBe(input);
  });
});

describe("a waiting question that is being edited", () => {
  it("is not doubled when it is withdrawn", async () => {
    const { chat, input, named } = await panel(() => ({
      composerServices: () => Promise.resolve({ ...servicesForTests(), withdraw: () => "What is it?" }),
    }));
    const turn = streamingTurn();
    turn.phase.value = "offline";
    await does(() => {
      chat.conversation.streaming.value = turn;
    });
    await press(input, "ArrowUp");
    await type(input, "What is it good for?");
    await does(() => named("Take it back").click());
    await does(() => {
      chat.conversation.streaming.value = null;
    });
    expect(input.value).toBe("What is it good for?");
  });
});

describe("a question that was asked about a page", () => {
  const page: Page = { title: "Prices", url: "https://shop.example/prices" };
  const about = (all: (selector: string) => HTMLElement[]) =>
    all(".question-page").map((each) => each.textContent);

  it("says so at once and later, in the copied conversation too", async () => {
    const { chat, all } = await panel();
    await does(() => {
      chat.conversation.streaming.value = { ...streamingTurn("c"), page };
    });
    expect(about(all)).toEqual(["Using this page: Prices"]);
    await does(() => {
      chat.conversation.streaming.value = null;
      chat.conversation.finished.value = [turnWith({ id: "c", page }), turnWith({ id: "d", page: null })];
    });
    expect(about(all)).toEqual(["Using this page: Prices"]);
    expect(conversationMarkdown(chat, "")).toContain("Using this page: Prices, https://shop.example/prices");
  });

  it("says so after a reload too, when only the tab still knows", async () => {
    const notes = new Map<string, string>();
    const noting = (settled: readonly FinishedTurn[]) => (chat: TestChat) => {
      chat.conversation.finished.value = settled;
      return {
        composerServices: () =>
          Promise.resolve({
            ...servicesForTests(),
            note(name: string, text?: string) {
              if (text !== undefined) notes.set(name, text);
              return notes.get(name) ?? "";
            },
          }),
      };
    };
    const titled = { ...page, title: "Prices\n\tand more" };
    await panel(
      noting([turnWith({ id: "a", message: "m1", page: titled }), turnWith({ id: "b", message: "m2" })]),
    );
    await expect.poll(() => notes.get("pages")).toContain("m1");
    const { all } = await panel(
      noting([turnWith({ id: "x", message: "m1" }), turnWith({ id: "y", message: "m2" })]),
    );
    await expect.poll(() => about(all)).toEqual(["Using this page: Prices and more"]);
  });
});

describe("a draft", () => {
  it("is restored unless the visitor has typed already, and is stored while it changes", async () => {
    const notes = new Map([["draft", "half a thou"]]);
    const noting = (chat: TestChat) => {
      asked(chat);
      return {
        composerServices: () =>
          Promise.resolve({
            ...servicesForTests(),
            note(name: string, text?: string) {
              if (text !== undefined) notes.set(name, text);
              return notes.get(name) ?? "";
            },
          }),
      };
    };
    const { input } = await panel(noting);
    await expect.poll(() => input.value).toBe("half a thou");
    await type(input, "half a thought");
    expect(notes.get("draft")).toBe("half a thought");
    await press(input, "Enter");
    await expect.poll(() => notes.get("draft")).toBe("");
    notes.set("draft", "late");
    const quicker = await panel((chat) => {
      chat.draft.value = "I was quicker";
      return noting(chat);
    });
    await expect.poll(() => notes.get("draft")).toBe("I was quicker");
    expect(quicker.input.value).toBe("I was quicker");
  });
});
