/** Tests of what an owner can pause while the proxy runs. */
import { describe, expect, it } from "vitest";
import { createPause } from "./kill-switch.ts";
import { Refused } from "../http/errors.ts";

const shop = "https://shop.example.com";

function pauseWith(text: string | null) {
  const state = {
    text,
    modified: 1,
    now: 1_790_000_000_000,
    reads: 0,
    looks: 0,
    readable: true,
    reachable: true,
  };
  const logged: string[] = [];
  const pause = createPause(
    {
      modified() {
        state.looks++;
        if (!state.reachable) throw new Error("EACCES");
        return state.text === null ? null : state.modified;
      },
      read() {
        state.reads++;
        if (state.text === null || !state.readable) throw new Error("EACCES");
        return state.text;
      },
    },
    () => state.now,
    "pause.txt",
    { warn: (_, message) => void logged.push(message) },
  );
  return {
    state,
    logged,
    write: (text: string | null) => {
      state.text = text;
      state.modified++;
      state.now += 1000;
    },
    lets: (origin: string | null = shop, agent: string | null = "default"): boolean => {
      try {
        pause.check(origin, agent);
        return true;
      } catch (error) {
        if (error instanceof Refused && error.code === "agent-unavailable") return false;
        throw error;
      }
    },
  };
}

describe("the pause file", () => {
  it("that is not there pauses nothing", () => {
    expect(pauseWith(null).lets()).toBe(true);
  });

  it("switches everything off with a star, and on again when it is gone, without a restart", () => {
    const { lets, write } = pauseWith(null);
    expect(lets()).toBe(true);
    write("*\n");
    expect(lets()).toBe(false);
    expect(lets(null, null)).toBe(false);
    write(null);
    expect(lets()).toBe(true);
    write("# *\n");
    expect(lets()).toBe(true);
  });

  it("switches off one site, written as in ALLOWED_ORIGINS", () => {
    const { lets } = pauseWith(
      `# too many complaints\r\n  ${shop}/  # until Monday\r\nhttps://*.example.org\n`,
    );
    expect(lets()).toBe(false);
    expect(lets("https://a.example.org")).toBe(false);
    expect(lets("https://other.example.com")).toBe(true);
    expect(lets(null)).toBe(true);
  });

  it("switches off one agent", () => {
    const { lets } = pauseWith("agent:help\nagent: sales");
    expect(lets(shop, "help")).toBe(false);
    expect(lets(shop, "sales")).toBe(false);
    expect(lets(shop, "default")).toBe(true);
    expect(lets(shop, null)).toBe(true);
  });

  it("is looked at no more than once a second, and read only when it has changed", () => {
    const { lets, state } = pauseWith("agent:help");
    for (let n = 0; n < 100; n++) lets();
    expect([state.looks, state.reads]).toEqual([1, 1]);
    state.now += 5000;
    lets();
    expect([state.looks, state.reads]).toEqual([2, 1]);
  });

  it("that cannot be read leaves paused what was paused, and is tried again", () => {
    const { lets, state, write, logged } = pauseWith("*");
    expect(lets()).toBe(false);
    state.readable = false;
    write("");
    expect(lets()).toBe(false);
    expect(logged.filter((line) => /cannot be read/.test(line))).toHaveLength(1);
    state.readable = true;
    state.now += 1000;
    expect(lets()).toBe(true);
  });

  it("that cannot even be looked for lifts no pause, and is logged once", () => {
    const { lets, state, write, logged } = pauseWith("*");
    expect(lets()).toBe(false);
    state.reachable = false;
    for (let second = 0; second < 5; second++) {
      state.now += 1000;
      expect(lets()).toBe(false);
    }
    expect(logged.filter((line) => /cannot be read/.test(line))).toHaveLength(1);
    state.reachable = true;
    write(null);
    expect(lets()).toBe(true);
  });

  it("is logged whenever it changes what is paused", () => {
    const { lets, logged, write } = pauseWith(null);
    lets();
    expect(logged).toEqual([]);
    write("*");
    lets();
    expect(logged).toEqual(["PAUSE_FILE pauses something"]);
    write("# *");
    lets();
    expect(logged.at(-1)).toBe("PAUSE_FILE pauses nothing any more");
    write(null);
    lets();
    expect(logged).toHaveLength(2);
  });

  it("reports an invalid line, and applies the others", () => {
    const { lets, logged } = pauseWith("shop.example.com\nagent:help");
    expect(lets(shop, "help")).toBe(false);
    expect(lets()).toBe(true);
    expect(logged.filter((line) => /says nothing/.test(line))).toHaveLength(1);
  });
});

it("without a path no file is ever read", () => {
  const broken = () => {
    throw new Error("must not be called");
  };
  expect(() =>
    createPause({ modified: broken, read: broken }, () => 0, null).check(shop, "default"),
  ).not.toThrow();
});
