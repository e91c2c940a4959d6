import { describe, expect, it } from "vitest";
import { listFor, lists as anyLists, listsByPage } from "./by-page.ts";

const site = "https://shop.example";
const lists = {
  "/": ["Home"],
  "/pricing*": ["Price"],
  "/*/help": ["Help"],
  "/a*b*c": ["Letters"],
  "https://docs.example/*": ["Docs"],
  "/preise-für-alle": ["Preise"],
  "*": ["Anything"],
};

describe("starters by page", () => {
  it.each([
    ["/", "Home"],
    ["/pricing", "Price"],
    ["/pricing/teams", "Price"],
    ["/en/help", "Help"],
    ["/en/us/help", "Help"],
    ["/help", "Anything"],
    ["/abc", "Letters"],
    ["/a-b-c", "Letters"],
    ["/acb", "Anything"],
    ["/preise-f%C3%BCr-alle", "Preise"],
    ["/prei%se", "Anything"],
    ["/Pricing", "Anything"],
  ])("for %s are those of the first pattern that fits", (path, expected) => {
    expect(listFor(lists, site + path)).toEqual([expected]);
  });

  it("can match whole addresses, on any site", () => {
    expect(listFor(lists, "https://docs.example/pricing")).toEqual(["Price"]);
    expect(listFor({ "https://docs.example/*": ["Docs"] }, "https://docs.example/pricing")).toEqual(["Docs"]);
    expect(listFor({ "https://docs.example/*": ["Docs"] }, `${site}/pricing`)).toBeNull();
  });

  it("are empty where no pattern matches; a page without an address has those for all pages", () => {
    expect(listFor({ "/x": ["X"] }, `${site}/y`)).toBeNull();
    expect(listFor(lists, "")).toEqual(["Anything"]);
  });

  it("are matched in linear time, by hostile patterns too", () => {
    const begun = performance.now();
    expect(listFor({ ["*a".repeat(2_000)]: ["Slow"] }, `${site}/${"a".repeat(1_900)}b`)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe("starters for all pages", () => {
  it.each([["One?| Two? "], ['["One?", "Two?"]'], [["One?", " Two?"]]])("are one list: %j", (given) => {
    expect(anyLists().read(given)).toEqual(["One?", "Two?"]);
  });

  it.each([[" {"], ['[{"/": []}]'], [7]])("that cannot be read are none: %j", (given) => {
    expect(anyLists().read(given)).toBeUndefined();
  });
});

describe("lists by page", () => {
  it("are read from JSON and from scripts, without what is empty", () => {
    const given = { "/prices*": [" What does it cost? ", ""], "*": ["Hello?"] };
    const read = { "/prices*": ["What does it cost?"], "*": ["Hello?"] };
    expect(listsByPage.read(JSON.stringify(given))).toEqual(read);
    expect(listsByPage.read(given)).toEqual(read);
  });

  it.each([
    '{"/prices": ["Cost?"]',
    '{"/prices": "Cost?"}',
    '{"/prices": [1]}',
    '{"/prices": [["Cost?"]]}',
    '[["Cost?"]]',
    "null",
    null,
    7,
  ])("that cannot be read are none: %s", (given) => {
    expect(listsByPage.read(given)).toBeUndefined();
  });
});
