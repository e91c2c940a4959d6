/** Tests of visitor tokens: whom they admit, where, how long, and how they fail. */
import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derivedKey } from "../crypto/derive-key.ts";
import { createVisitors } from "./visitor-token.ts";

const site = "https://shop.example.com";
const here = { agent: "default", origin: site };
const day = 86_400_000;
const secret = "s".repeat(32);

function visitorsAt(now: { value: number }, more: { secret?: string; days?: number } = {}) {
  let drawn = 0;
  return createVisitors({
    secret,
    clock: () => now.value,
    randomBytes: (count) => new Uint8Array(count).fill(++drawn),
    ...more,
  });
}

/** A token with any contents, signed as ours are. */
function forged(
  payload: string,
  key: string | Uint8Array = derivedKey(secret, "visitor token"),
  version = "v2",
) {
  const signed = `${version}.${Buffer.from(payload).toString("base64url")}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

const payload = { visitor: "me", ...here, issued: 0, expires: 9e9 };

describe("a visitor's token", () => {
  it("names its visitor for as many days as the owner says", () => {
    const now = { value: 1_000_000 };
    const visitors = visitorsAt(now, { days: 30 });
    const { visitor, token } = visitors.issue(here);
    expect(visitors.read(token, here)).toEqual({ visitor, renewal: null });
    now.value += 30 * day - 2000;
    expect(visitors.read(token, here)?.visitor).toBe(visitor);
    now.value += 3000;
    expect(visitors.read(token, here)).toBeNull();
  });

  it("is worth less at once when the owner shortens its days", () => {
    const now = { value: 0 };
    const { token } = visitorsAt(now, { days: 30 }).issue(here);
    now.value = 2 * day;
    expect(visitorsAt(now, { days: 1 }).read(token, here)).toBeNull();
    expect(visitorsAt(now, { days: 3 }).read(token, here)).not.toBeNull();
  });

  it("is renewed for the same visitor once it is a day old, so that it lasts while it is used", () => {
    const now = { value: 0 };
    const visitors = visitorsAt(now, { days: 2 });
    const { visitor, token } = visitors.issue(here);
    let held = token;
    for (let days = 0; days < 10; days++) {
      now.value += day - 1000;
      expect(visitors.read(held, here)).toEqual({ visitor, renewal: null });
      now.value += 1000;
      const read = visitors.read(held, here);
      expect(read?.visitor).toBe(visitor);
      held = read?.renewal ?? "none";
    }
    expect(visitors.read(held, { ...here, origin: "https://other.example.com" })).toBeNull();
  });

  it("of one day is renewed after half of it", () => {
    const now = { value: 0 };
    const visitors = visitorsAt(now, { days: 1 });
    const { token } = visitors.issue(here);
    now.value = day / 2 - 1000;
    expect(visitors.read(token, here)?.renewal).toBeNull();
    now.value = day / 2;
    expect(visitors.read(token, here)?.renewal).toEqual(expect.any(String));
  });

  it("is another one for every new visitor", () => {
    const visitors = visitorsAt({ value: 0 });
    expect(visitors.issue(here).visitor).not.toBe(visitors.issue(here).visitor);
  });

  it("works on the site it was given out on, and where no origin is named, but on no other site", () => {
    const visitors = visitorsAt({ value: 0 });
    const { visitor, token } = visitors.issue(here);
    expect(visitors.read(token, { ...here, origin: null })?.visitor).toBe(visitor);
    expect(visitors.read(token, { ...here, origin: "https://other.example.com" })).toBeNull();
    const anywhere = visitors.issue({ ...here, origin: null });
    expect(visitors.read(anywhere.token, here)?.visitor).toBe(anywhere.visitor);
  });

  it("works with the agent it was given out by, and with no other", () => {
    const visitors = visitorsAt({ value: 0 });
    const { token } = visitors.issue(here);
    expect(visitors.read(token, { ...here, agent: "sales" })).toBeNull();
  });

  it("never stands for a person, even if one of ours said so", () => {
    const visitors = visitorsAt({ value: 0 });
    expect(visitors.read(forged(JSON.stringify(payload)), here)?.visitor).toBe("me");
    expect(visitors.read(forged(JSON.stringify({ ...payload, visitor: "person:me" })), here)).toBeNull();
  });

  it("of another proxy's secret, with the bare secret, of another version or not signed at all is refused", () => {
    const visitors = visitorsAt({ value: 0 });
    const text = JSON.stringify(payload);
    const unsigned = forged(text).slice(0, -43);
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const bad = [
      visitorsAt({ value: 0 }, { secret: "t".repeat(32) }).issue(here).token,
      forged(text, secret),
      forged(text, undefined, "v1"),
      unsigned,
      unsigned.slice(0, -1),
      `${none}.${Buffer.from(text).toString("base64url")}.`,
      "",
    ];
    for (const token of bad) expect(visitors.read(token, here)).toBeNull();
  });

  it("is refused with any letter changed or cut off, the last one too", () => {
    const visitors = visitorsAt({ value: 0 });
    const { token } = visitors.issue(here);
    const letters = fc.constantFrom("A", "B", "z", ".", "-", "é", "");
    fc.assert(
      fc.property(fc.nat(token.length - 1), letters, (at, letter) => {
        fc.pre(token[at] !== letter);
        expect(visitors.read(token.slice(0, at) + letter + token.slice(at + 1), here)).toBeNull();
      }),
      { numRuns: 2000 },
    );
    for (let at = 0; at < token.length; at++) expect(visitors.read(token.slice(0, at), here)).toBeNull();
  });

  it("never throws, whatever it is given", () => {
    const visitors = visitorsAt({ value: 0 });
    const garbage = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.base64String(), { maxLength: 4 }).map((parts) => ["v2", ...parts].join(".")),
    );
    fc.assert(fc.property(garbage, (text) => visitors.read(text, here) === null));
    expect(visitors.read("v2.".padEnd(1_000_000, "A"), here)).toBeNull();
  });
});
