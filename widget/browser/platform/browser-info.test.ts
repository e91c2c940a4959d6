import { describe, expect, it, vi } from "vitest";
import { parseProfile } from "../api/parse-agent.ts";
import { newId, pause, wantedLanguages } from "./browser-info.ts";
import { watchViewport } from "./visual-viewport.ts";

describe("a pause", () => {
  const wait = (signal = new AbortController().signal) => pause(window, 60_000, signal);

  it("ends by itself", async () => {
    expect(await pause(window, 1, new AbortController().signal)).toBe(false);
  });

  it("ends early when the network comes back, or the page out of the back-forward cache", async () => {
    for (const event of ["online", "pageshow"]) {
      const waiting = wait();
      window.dispatchEvent(new Event(event));
      expect(await waiting).toBe(true);
    }
  });

  it("ends early when the page becomes visible, not when it is hidden", async () => {
    const visibility = vi.spyOn(document, "visibilityState", "get");
    let woken: boolean | null = null;
    const waiting = wait().then((value) => (woken = value));
    visibility.mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await Promise.resolve();
    expect(woken).toBeNull();
    visibility.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    await waiting;
    expect(woken).toBe(true);
    visibility.mockRestore();
  });

  it("ends at once when aborted", async () => {
    const controller = new AbortController();
    const waiting = wait(controller.signal);
    controller.abort();
    expect(await waiting).toBe(false);
    expect(await wait(controller.signal)).toBe(false);
  });
});

describe("the visitor's language", () => {
  it("is the owner's option, then the page's, then the browser's", () => {
    document.documentElement.lang = "fr";
    expect(wantedLanguages("de", document, navigator).slice(0, 2)).toEqual(["de", "fr"]);
    document.documentElement.lang = "";
    expect(wantedLanguages(null, document, navigator)).toEqual([...navigator.languages]);
  });
});

describe("a turn's id", () => {
  it("is a UUID, also without a secure context", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const insecure = Object.create(crypto, { randomUUID: { value: undefined } });
    insecure.getRandomValues = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
    expect(newId(crypto)).toMatch(uuid);
    expect(newId(insecure)).toMatch(uuid);
    expect(newId(insecure)).not.toBe(newId(insecure));
  });
});

describe("an agent's profile", () => {
  it("can be rendered from any response", () => {
    for (const arrived of [
      null,
      undefined,
      4,
      "<html>",
      [],
      { starters: [1, "a"], texts: 3, longestPrompt: -1 },
    ]) {
      const profile = parseProfile(arrived);
      expect(profile.longestPrompt).toBe(4_000);
      expect(profile.starters.every((each) => typeof each === "string")).toBe(true);
    }
  });

  it("equals a valid response", () => {
    const profile = {
      ...parseProfile({}),
      title: "Ask us",
      color: "#123456",
      starters: ["a"],
      feedback: true,
    };
    expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });
});

describe("an on-screen keyboard", () => {
  it("is reported while it covers the page", () => {
    const visual = Object.assign(new EventTarget(), { height: 700, offsetTop: 0, scale: 1 });
    const view = Object.create(window, { innerHeight: { value: 700 }, visualViewport: { value: visual } });
    const told: unknown[] = [];
    const undo = watchViewport(view, (free) => told.push(free));
    Object.assign(visual, { height: 380, offsetTop: 12 });
    visual.dispatchEvent(new Event("resize"));
    Object.assign(visual, { scale: 2 });
    visual.dispatchEvent(new Event("scroll"));
    undo();
    visual.dispatchEvent(new Event("resize"));
    expect(told).toEqual([null, { height: 380, top: 12 }, null]);
  });
});
