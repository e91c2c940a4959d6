import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineElement, mountNew } from "./element.ts";
import type { ChatHandle } from "./handle.ts";
import { part, pretendPage, settleDown } from "./testing/pretend-page.ts";

let page: ReturnType<typeof pretendPage>;
let chat: ChatHandle | null = null;
let warnings: ReturnType<typeof vi.spyOn>;

const host = () => document.querySelector<HTMLElement>("customgpt-widget");
const styles = () =>
  [...(host()?.shadowRoot?.adoptedStyleSheets.at(-1)?.cssRules ?? [])].map((rule) => rule.cssText).join();

function mount(options: Record<string, unknown> = {}): ChatHandle {
  defineElement(page.doors);
  chat = mountNew(
    (name) => options[name],
    page.doors,
    () => {},
  );
  return chat;
}

beforeEach(() => {
  document.body.innerHTML = "<main><button id='own'>Own</button></main>";
  page = pretendPage();
  warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(() => {
  chat?.destroy();
  sessionStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("before the first click", () => {
  it("the launcher is at the end of the body, with the agent's colour and name", async () => {
    mount();
    expect(document.body.lastElementChild).toBe(host());
    expect(part("launcher").className).toContain("unknown");
    await settleDown();
    expect(part("launcher").className).not.toContain("unknown");
    expect(styles()).toContain("--cgw-accent: rgb(122,60,255)");
    expect(part("launcher").getAttribute("aria-label")).toBe("Ask us");
    expect(part("launcher").getAttribute("aria-expanded")).toBe("false");
  });

  it("nothing is fetched but the agent's profile, nothing is stored, and the focus stays where it was", async () => {
    document.querySelector<HTMLElement>("#own")?.focus();
    mount({ agent: "sales team" });
    await settleDown();
    expect(page.requests).toEqual(["https://chat.example.com/v1/agents/sales%20team"]);
    expect(page.attempts).toEqual([]);
    expect(localStorage.length + sessionStorage.length).toBe(0);
    expect(document.activeElement?.id).toBe("own");
  });

  it("the owner's colour, title and label win over the agent's, and are shown at once", async () => {
    mount({ color: "#123456", label: "Help" });
    expect(part("launcher").className).not.toContain("unknown");
    await settleDown();
    expect(styles()).toContain("rgb(18,52,86)");
    expect(part("launcher").getAttribute("aria-label")).toBe("Help");
  });

  it("the launcher has the default colour when the proxy does not answer, and the owner reads why in the console", async () => {
    page.state.profile = null;
    mount().open();
    await settleDown();
    expect(warnings).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining("why default of https://chat.example.com is not there"),
    );
    expect(part("launcher").className).not.toContain("unknown");
    expect(styles()).toContain("rgb(51,85,221)");
  });

  it("the launcher appears after a moment even if the profile never arrives", () => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", () => new Promise(() => {}));
    mount();
    vi.advanceTimersByTime(1_500);
    expect(part("launcher").className).not.toContain("unknown");
    vi.useRealTimers();
  });

  it("pointing at the launcher fetches the chat, and does not start it", async () => {
    mount();
    part("launcher").dispatchEvent(new Event("pointerenter"));
    await settleDown();
    expect(page.attempts).toEqual([0]);
    expect(page.notes).toEqual([]);
  });

  it("a missing proxy is one warning for the owner", () => {
    page.doors.proxy = "";
    mount();
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(page.requests).toEqual([]);
  });
});

describe("opening and closing", () => {
  it("shows the chat, moves the focus in, and brings it back to the button", async () => {
    mount();
    part("launcher").click();
    await settleDown();
    expect(page.notes).toEqual(["start", "show"]);
    expect(part("launcher").getAttribute("aria-expanded")).toBe("true");
    expect(host()?.shadowRoot?.activeElement).toBe(part("input"));
    page.state.parts?.close?.();
    expect(page.notes.at(-1)).toBe("hide");
    expect(host()?.shadowRoot?.activeElement).toBe(part("launcher"));
  });

  it("by the option `open` does not move the focus", async () => {
    mount({ open: "" });
    await settleDown();
    expect(page.notes).toEqual(["start", "show"]);
    expect(host()?.shadowRoot?.activeElement).toBeNull();
  });

  it("is remembered from the previous page, except on a small screen", async () => {
    sessionStorage.setItem("customgpt-widget:https://chat.example.com:default:open", "1");
    mount();
    await settleDown();
    expect(page.notes).toEqual(["start", "show"]);
  });

  it("inline is always open: there is no launcher and no close button", async () => {
    document.querySelector("main")?.insertAdjacentHTML("beforeend", "<div id='here'></div>");
    const handle = mount({ mode: "inline", target: "#here" });
    await settleDown();
    expect(host()?.parentElement?.id).toBe("here");
    expect(host()?.shadowRoot?.querySelector("[part=launcher]")).toBeNull();
    handle.close();
    expect(page.notes).toEqual(["start", "show"]);
    expect(page.state.parts?.close).toBeNull();
  });

  it("shows on the launcher that the chat could not be fetched, and works at the next click", async () => {
    page.state.failures = 2;
    const problems: unknown[] = [];
    mount().on("problem", (problem) => problems.push(problem));
    part("launcher").click();
    await settleDown();
    expect(page.attempts).toEqual([0, 1]);
    expect(problems).toEqual([{ code: "unreachable" }]);
    expect(part("launcher").getAttribute("aria-expanded")).toBe("false");
    expect(part("launcher").getAttribute("aria-label")).toBe("The chat cannot be loaded. Try again");
    expect(part("launcher").title).toBe("The chat cannot be loaded. Try again");
    part("launcher").click();
    await settleDown();
    expect(page.attempts).toEqual([0, 1, 2]);
    expect(page.notes).toEqual(["start", "show"]);
    expect(part("launcher").getAttribute("aria-label")).toBe("Ask us");
    expect(part("launcher").title).toBe("");
  });

  it.each(["inline", "full"])(
    "%s has that button too when the chat cannot be fetched, until it is there",
    async (mode) => {
      page.state.failures = 4;
      const handle = mount({ mode });
      await settleDown();
      for (const attempts of [2, 4]) {
        expect(page.attempts).toHaveLength(attempts);
        expect(part("launcher").title).toBe("The chat cannot be loaded. Try again");
        expect(part("launcher").className).not.toContain("unknown");
        part("launcher").click();
        await settleDown();
      }
      expect(page.notes).toEqual(["start", "show"]);
      expect(host()?.shadowRoot?.querySelector("[part=launcher]")).toBeNull();
      expect(host()?.shadowRoot?.activeElement?.getAttribute("part")).toBe("input");
      handle.close();
      expect(page.notes).toEqual(["start", "show"]);
    },
  );
});

describe("the handle", () => {
  it("emits events to listeners and as DOM events, until they unsubscribe", async () => {
    const heard: string[] = [];
    const handle = mount();
    document.addEventListener("customgpt-open", () => heard.push("DOM open"), { once: true });
    handle.on("ready", () => heard.push("ready"));
    const off = handle.on("open", () => heard.push("open"));
    handle.on("close", () => heard.push("close"));
    await settleDown();
    handle.open();
    handle.open();
    off();
    handle.toggle();
    handle.toggle();
    expect(heard).toEqual(["ready", "open", "DOM open", "close"]);
  });

  it("opens the chat to ask a question, and starts over", async () => {
    const handle = mount();
    handle.ask("What does it cost?");
    await settleDown();
    expect(page.notes).toEqual(["start", "show", "ask What does it cost?"]);
    handle.startOver();
    await settleDown();
    expect(page.notes.at(-1)).toBe("start over");
  });

  it("changes options; an invalid value changes nothing and is one warning", async () => {
    const handle = mount({ title: "Before" });
    await settleDown();
    handle.set({ title: "After", color: "#00ff00" });
    expect(part("launcher").getAttribute("aria-label")).toBe("After");
    expect(styles()).toContain("rgb(0,255,0)");
    handle.set({ color: "greenish" });
    handle.set({ color: "greenish" });
    expect(part("launcher").getAttribute("aria-label")).toBe("After");
    expect(warnings).toHaveBeenCalledTimes(1);
    handle.set({ open: true });
    await settleDown();
    expect(page.notes).toContain("show");
  });

  it("removes everything from the page on destroy", async () => {
    const added = vi.spyOn(document, "addEventListener");
    const addedToWindow = vi.spyOn(window, "addEventListener");
    const handle = mount();
    part("launcher").click();
    await settleDown();
    handle.destroy();
    chat = null;
    expect(page.notes.at(-1)).toBe("undo");
    expect(host()).toBeNull();
    expect(document.body.innerHTML).toBe('<main><button id="own">Own</button></main>');
    expect(added).not.toHaveBeenCalled();
    expect(addedToWindow).not.toHaveBeenCalled();
    await settleDown();
    expect(host()).toBeNull();
  });

  it("does not start the chat when it was destroyed during the fetch", async () => {
    const handle = mount();
    handle.open();
    handle.destroy();
    chat = null;
    await settleDown();
    expect(page.notes).toEqual([]);
    expect(warnings).not.toHaveBeenCalled();
  });
});
