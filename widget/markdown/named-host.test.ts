/** Links that say where they lead, that do not, and that say something else. */
import { expect, it } from "vitest";
import { namingOf } from "./named-host.ts";

it.each([
  ["https://bank.example/a", "https://bank.example/a"],
  ["https://www.bank.example/a", "bank.example"],
  ["https://bank.example/a", "the prices at WWW.Bank.Example/prices"],
  ["https://help.bank.example/", "bank.example"],
  ["https://bank.example/", "help.bank.example"],
  ["https://xn--bcher-kva.example/", "bücher.example"],
  ["mailto:ada@bank.example?subject=x", "ada.lovelace@bank.example"],
])("%s is named by %j", (href, text) => {
  expect(namingOf(href, text).naming).toBe("said");
});

it.each([
  ["https://evil.example/a", "https://bank.example/a"],
  ["https://evil.example/", "bank.example"],
  ["https://evil.example/", "Log in at www.bank.example now"],
  ["https://evil.example/", "bank．example"],
  ["https://evil.example/", "bank\u200b.example"],
  ["https://evil.example/", "ba\u00adnk\u2060.\u200dexample"],
  ["https://bank.example@evil.example/", "https://bank.example@evil.example/"],
  ["https://bank.example.evil.example/", "bank.example"],
  ["https://evil.example/bank.example", "bank.example"],
  ["https://notbank.example/", "bank.example"],
  ["https://evil.example/", "https://setup.md"],
  ["mailto:ada@evil.example", "ada@bank.example"],
])("%s is not what %j says", (href, text) => {
  const { host, naming } = namingOf(href, text);
  expect(naming).toBe("other");
  expect(host).toMatch(/(evil|notbank)\.example$/);
});

it.each([
  ["https://bank.example/a", "our prices"],
  ["https://bank.example/a", "Node.js, setup.py and README.md"],
  ["https://bank.example/a", "Version 2.0. And more"],
  ["https://bank.example/a", ""],
  ["tel:+49123", "+49 123"],
])("%s is not named by %j", (href, text) => {
  expect(namingOf(href, text).naming).toBe("unsaid");
});

it.each(["a", "1", "a-", "1.", "a.", "a+", `${"a".repeat(60)}.`, `${"1".repeat(60)}.`])(
  "a link's endless text costs in proportion to its length: %j",
  (piece) => {
    const text = piece.repeat(200_000 / piece.length);
    const before = process.cpuUsage().user;
    namingOf("https://bank.example/a", text);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(3000);
  },
);
