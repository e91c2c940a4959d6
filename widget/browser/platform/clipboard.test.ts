import { afterEach, describe, expect, it, vi } from "vitest";
import { copyText } from "./clipboard.lazy.ts";

const nowhere = { clipboard: { writeText: () => Promise.reject(new Error("not allowed")) } };

afterEach(() => {
  document.body.innerHTML = "";
  Reflect.deleteProperty(document, "execCommand");
});

describe("copying an answer", () => {
  it("uses the clipboard API where it is allowed", async () => {
    const copied: string[] = [];
    const clipboard = { writeText: (text: string) => Promise.resolve(void copied.push(text)) };
    const view = Object.create(window, { navigator: { value: { clipboard } } });
    await copyText("Ten euros.", view, document.body);
    expect(copied).toEqual(["Ten euros."]);
  });

  it("otherwise copies a selection, and restores the focus", async () => {
    document.body.innerHTML = "<button>Copy</button>";
    const button = document.querySelector("button");
    button?.focus();
    let selected = "";
    const execCommand = vi.fn<(command: string) => boolean>(() => {
      selected = document.querySelector("textarea")?.value ?? "";
      return true;
    });
    Object.assign(document, { execCommand });
    const view = Object.create(window, { navigator: { value: nowhere } });
    await copyText("Ten euros.", view, document.body);
    expect(execCommand).toHaveBeenCalledWith("copy");
    expect(selected).toBe("Ten euros.");
    expect(document.querySelector("textarea")).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it("rejects when neither works", async () => {
    Object.assign(document, { execCommand: () => false });
    const view = Object.create(window, { navigator: { value: nowhere } });
    await expect(copyText("x", view, document.body)).rejects.toThrow("does not let us copy");
  });
});
