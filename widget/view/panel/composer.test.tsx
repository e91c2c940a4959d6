import { describe, expect, it } from "vitest";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import {
  chatForTests,
  does,
  renderView,
  profileWith,
  streamingTurn,
  press,
  touchScreen,
  type,
} from "../testing/chat.tsx";
import { Composer } from "./composer.tsx";

async function composer(prepare: (chat: ReturnType<typeof chatForTests>) => void = () => {}) {
  const chat = chatForTests();
  prepare(chat);
  const view = await renderView(chat, <Composer />);
  const input = view.one("[part=input]");
  if (!(input instanceof HTMLTextAreaElement)) throw new Error("no field");
  return { chat, input, ...view };
}

describe("typing a question", () => {
  it("is sent with Enter and leaves the field empty", async () => {
    const { chat, input } = await composer();
    await type(input, "  What does it cost?  ");
    const event = await press(input, "Enter");
    expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("What does it cost?");
    expect(input.value).toBe("");
    expect(event.defaultPrevented).toBe(true);
  });

  it("stays in the field while an earlier conversation is being fetched", async () => {
    const { chat, input } = await composer(({ conversation }) => {
      conversation.restoring.value = true;
    });
    await type(input, "And in winter?");
    await press(input, "Enter");
    expect(chat.conversation.ask).not.toHaveBeenCalled();
    expect(input.value).toBe("And in winter?");
  });

  it.each(["Enter", "the button"])(
    "is sent with %s as it is in the field, even if an input event was missed",
    async (way) => {
      const { chat, input, one } = await composer();
      await type(input, "What does");
      input.value = "What does it cost?";
      if (way === "Enter") await press(input, "Enter");
      else await does(() => one("[part=send]").click());
      expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("What does it cost?");
      expect(input.value).toBe("");
    },
  );

  it("is read at the next keyup, where the input event was missed", async () => {
    const { chat, input } = await composer();
    input.value = "What does it cost?";
    await does(() => void input.dispatchEvent(new KeyboardEvent("keyup", { key: "?", bubbles: true })));
    expect(chat.draft.value).toBe("What does it cost?");
  });

  it.each(["leaves the field", "closes the panel with Escape"])(
    "is stored when the visitor %s, even if a paste fired no input event",
    async (way) => {
      const { chat, input } = await composer();
      input.value = "What does it cost?";
      await does(() => {
        if (way === "leaves the field") input.dispatchEvent(new FocusEvent("blur"));
        else input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      });
      expect(chat.draft.value).toBe("What does it cost?");
    },
  );

  it("breaks the line with Shift and Enter", async () => {
    const { chat, input } = await composer();
    await type(input, "one");
    const event = await press(input, "Enter", { shiftKey: true });
    expect(event.defaultPrevented).toBe(false);
    expect(chat.conversation.ask).not.toHaveBeenCalled();
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])(
    "is not sent while an input method composes a word (%o)",
    async (how) => {
      const { chat, input } = await composer();
      await type(input, "にほん");
      await press(input, "Enter", how);
      expect(chat.conversation.ask).not.toHaveBeenCalled();
      expect(input.value).toBe("にほん");
    },
  );

  it("is sent with the button", async () => {
    const { chat, input, named } = await composer();
    await type(input, "Hello");
    await does(() => named("Send").click());
    expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("Hello");
  });

  it("sends nothing when there is nothing but spaces", async () => {
    const { chat, input, named } = await composer();
    await type(input, "  \n ");
    expect(named("Send").getAttribute("aria-disabled")).toBe("true");
    await press(input, "Enter");
    await does(() => named("Send").click());
    expect(chat.conversation.ask).not.toHaveBeenCalled();
    expect(input.value).toBe("  \n ");
  });

  it("is stored outside the panel, so that it survives a new mount", async () => {
    const { chat, input } = await composer();
    await type(input, "half a thou");
    expect(chat.draft.value).toBe("half a thou");
    const again = await composer((other) => {
      other.draft.value = "half a thou";
    });
    expect(again.input.value).toBe("half a thou");
  });

  it("gives the field a copy of the text to grow with", async () => {
    const { input, one } = await composer();
    await type(input, "one\ntwo");
    expect(one(".field").dataset["draft"]).toBe("one\ntwo");
  });

  it("keeps the focus in the field after sending, but closes the keyboard on a touch screen", async () => {
    const { input } = await composer();
    input.focus();
    await type(input, "Hello");
    await press(input, "Enter");
    expect(document.activeElement).toBe(input);

    const backToMouse = touchScreen();
    await type(input, "Hello");
    await press(input, "Enter");
    expect(document.activeElement).not.toBe(input);
    backToMouse();
  });
});

describe("while an answer streams", () => {
  const asked = (chat: ReturnType<typeof chatForTests>) => {
    chat.conversation.streaming.value = streamingTurn();
  };

  it("the button stops it", async () => {
    const { chat, one, all } = await composer(asked);
    expect(all("[part=send]")).toHaveLength(0);
    await does(() => one("[part=stop]").click());
    expect(chat.conversation.stop).toHaveBeenCalledOnce();
  });

  it("a double click on send does not stop what it asked for", async () => {
    const { chat, one } = await composer(asked);
    await does(() => {
      one("[part=stop]").dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 2 }));
    });
    expect(chat.conversation.stop).not.toHaveBeenCalled();
  });

  it("the visitor can type on, and send it afterwards", async () => {
    const { chat, input } = await composer(asked);
    await type(input, "And then?");
    await press(input, "Enter");
    expect(chat.conversation.ask).not.toHaveBeenCalled();
    expect(input.value).toBe("And then?");
    await does(() => {
      chat.conversation.streaming.value = null;
    });
    await press(input, "Enter");
    expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("And then?");
  });

  it("the button stays the same element, so that the focus stays on it", async () => {
    const { chat, one } = await composer(asked);
    const stop = one("[part=stop]");
    await does(() => {
      chat.conversation.streaming.value = null;
    });
    expect(one("[part=send]")).toBe(stop);
  });
});

describe("the limit of a question", () => {
  const short = (chat: ReturnType<typeof chatForTests>) => {
    chat.profile.value = profileWith({ longestPrompt: 120 });
  };

  it("is not mentioned while it is far away", async () => {
    const { input, one } = await composer(short);
    await type(input, "Hello there, how are you doing");
    await type(input, "Hi");
    expect(one(".count").textContent).toBe("");
  });

  it("is counted down when it comes near", async () => {
    const { input, one } = await composer(short);
    await type(input, "x".repeat(113));
    expect(one(".count").textContent).toBe("7 characters left");
    expect(input.getAttribute("aria-describedby")?.split(" ")).toContain(one(".count").id);
  });

  it("counts an emoji as one character", async () => {
    const { chat, input } = await composer((given) => {
      given.profile.value = profileWith({ longestPrompt: 4 });
    });
    await type(input, "🙂🙂🙂🙂");
    await press(input, "Enter");
    expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("🙂🙂🙂🙂");
  });

  it("stops a question that is too long, and says by how much", async () => {
    const { chat, input, one } = await composer(short);
    await type(input, "x".repeat(123));
    expect(one(".count").textContent).toBe("3 characters too many");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    await press(input, "Enter");
    expect(chat.conversation.ask).not.toHaveBeenCalled();
    expect(input.value).toHaveLength(123);
  });
});

describe("the owner's texts", () => {
  it("are the placeholder", async () => {
    const { input } = await composer((chat) => {
      chat.profile.value = profileWith({ placeholder: "Ask Ada" });
    });
    expect(input.placeholder).toBe("Ask Ada");
    expect(input.getAttribute("aria-label")).toBe("Your question");
  });

  it("are the terms, as a link if they are an address", async () => {
    const { chat, one, all, place } = await composer((chat) => {
      chat.profile.value = profileWith({ texts: { ...noTexts, terms: "https://example.com/terms" } });
    });
    expect(one(".terms a").getAttribute("href")).toBe("https://example.com/terms");
    await does(() => {
      chat.profile.value = profileWith({ texts: { ...noTexts, terms: "javascript:alert(1) Be kind." } });
    });
    expect(all(".terms a")).toHaveLength(0);
    expect(place.textContent).toContain("Be kind.");
  });
});
