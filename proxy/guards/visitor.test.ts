/** Visitors' tokens: whom they let in, and how they fail. */
import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVisitors } from "./visitor.ts";

const site = "https://shop.example.com";
const day = 86_400_000;

function visitorsAt(now: { value: number }, secret = "s".repeat(32)) {
  let drawn = 0;
  return createVisitors({
    secret,
    clock: () => now.value,
    randomBytes: (count) => new Uint8Array(count).fill(++drawn),
  });
}

describe("a visitor's token", () => {
  it("names its visitor for thirty days", () => {
    const now = { value: 1_000_000 };
    const visitors = visitorsAt(now);
    const { visitor, token } = visitors.issue(site);
    expect(visitors.read(token, site)).toBe(visitor);
    now.value += 30 * day - 2000;
    expect(visitors.read(token, site)).toBe(visitor);
    now.value += 3000;
    expect(visitors.read(token, site)).toBeNull();
  });

  it("can be renewed for the same visitor", () => {
    const visitors = visitorsAt({ value: 0 });
    const { visitor } = visitors.issue(site);
    expect(visitors.read(visitors.issue(site, visitor).token, site)).toBe(visitor);
  });

  it("is another one for every new visitor", () => {
    const visitors = visitorsAt({ value: 0 });
    expect(visitors.issue(site).visitor).not.toBe(visitors.issue(site).visitor);
  });

  it("works on the site it was given out on, and where no origin is named, but on no other site", () => {
    const visitors = visitorsAt({ value: 0 });
    const { visitor, token } = visitors.issue(site);
    expect(visitors.read(token, null)).toBe(visitor);
    expect(visitors.read(token, "https://other.example.com")).toBeNull();
    const anywhere = visitors.issue(null);
    expect(visitors.read(anywhere.token, site)).toBe(anywhere.visitor);
  });

  it("of another proxy's secret is refused", () => {
    const now = { value: 0 };
    const { token } = visitorsAt(now, "t".repeat(32)).issue(site);
    expect(visitorsAt(now).read(token, site)).toBeNull();
  });

  it("signed with the bare secret, or not at all, is refused", () => {
    const visitors = visitorsAt({ value: 0 });
    const payload = Buffer.from(JSON.stringify({ visitor: "me", origin: site, expires: 9e9 })).toString(
      "base64url",
    );
    const mac = createHmac("sha256", "s".repeat(32)).update(`v1.${payload}`).digest("base64url");
    expect(visitors.read(`v1.${payload}.${mac}`, site)).toBeNull();
    expect(visitors.read(`v1.${payload}.`, site)).toBeNull();
    expect(visitors.read(`v1.${payload}`, site)).toBeNull();
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(visitors.read(`${none}.${payload}.`, site)).toBeNull();
    expect(visitors.read("", site)).toBeNull();
  });

  it("is refused with any letter changed or cut off", () => {
    const visitors = visitorsAt({ value: 0 });
    const { token } = visitors.issue(site);
    const end = token.length - 1;
    fc.assert(
      fc.property(fc.nat(end - 1), fc.constantFrom("A", "z", ".", "-", "é", ""), (at, letter) => {
        fc.pre(token[at] !== letter);
        expect(visitors.read(token.slice(0, at) + letter + token.slice(at + 1), site)).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.nat(end), (at) => {
        expect(visitors.read(token.slice(0, at), site)).toBeNull();
      }),
    );
  });

  it("never throws, whatever it is given", () => {
    const visitors = visitorsAt({ value: 0 });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(visitors.read(text, site)).toBeNull();
      }),
    );
  });
});
