import { describe, expect, it, vi } from "vitest";
import { keepKeys } from "./keys.ts";

describe("a key typed in the chat", () => {
  it("does what it does there and never reaches the page's shortcuts, until the chat is gone", () => {
    const host = document.createElement("div");
    const input = document.createElement("input");
    host.attachShadow({ mode: "open" }).append(input);
    document.body.append(host);
    const inside = vi.fn<() => void>();
    const shortcut = vi.fn<() => void>();
    input.addEventListener("keydown", inside);
    document.addEventListener("keydown", shortcut);
    const press = () =>
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "k", bubbles: true, composed: true }));
    const undo = keepKeys(host);
    press();
    expect(inside).toHaveBeenCalledTimes(1);
    expect(shortcut).not.toHaveBeenCalled();
    undo();
    press();
    expect(shortcut).toHaveBeenCalledTimes(1);
    document.removeEventListener("keydown", shortcut);
    host.remove();
  });
});
