/** Links that say where they lead, that do not, and that say something else. */
import { expect, it } from "vitest";
import { namingOf } from "./misleading-link.ts";

it.each([
  ["https://bank.example/a", "https://bank.example/a"],
  ["https://www.bank.example/a", "bank.example"],
  ["https://bank.example/a", "the prices at WWW.Bank.Example/prices"],
  ["https://help.bank.example/", "bank.example"],
  ["https://bank.example/", "help.bank.example"],
  ["https://xn--bcher-kva.example/", "bücher.example"],
  ["https://bank.example/", "bank\u3002example"],
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
  ["https://evil.example/", "bank\u3002example"],
  ["https://evil.example/", "bank\uff0eexample"],
  ["https://evil.example/", "bank\uff61example"],
  ["https://evil.example/", "bank\ua4f8example"],
  ["https://evil.example/", "bank\u2024example"],
  ["https://evil.example/", "bank\ufe52example"],
  ["https://evil.example/", "bank\ufe12example"],
  ["https://evil.example/", "bank\ua60eexample"],
  ["https://evil.example/", "bank\u0701example"],
  ["https://evil.example/", "bank\u0702example"],
  ["https://evil.example/", "bank\u06d4example"],
  ["https://evil.example/", "bank\u0660example"],
  ["https://evil.example/", "bank\u06f0example"],
  ["https://evil.example/", "bank\u{10a50}example"],
  ["https://evil.example/", "bank\u{1d16d}example"],
  ["https://evil.example/", "log in at www\u3002bank\ua4f8example now"],
  ["https://evil.example/", "支付宝\u3002com"],
  ["https://evil.example/", "支付宝\u3002中国"],
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
  ["https://bank.example/a", "请看这里\u3002然后继续"],
  ["https://bank.example/a", "詳細はこちら\u3002よくある質問"],
  ["https://bank.example/a", "价格\u3002"],
  ["https://bank.example/a", "la col\u00b7lecció"],
  ["https://bank.example/a", "یہاں\u06d4مزید"],
  ["https://bank.example/a", "١\u0660٢"],
  ["https://bank.example/a", ""],
  ["tel:+49123", "+49 123"],
])("%s is not named by %j", (href, text) => {
  expect(namingOf(href, text).naming).toBe("unsaid");
});

it.each([
  "a",
  "1",
  "a-",
  "a\u3002",
  "a\u00b7",
  "价\u3002",
  "1.",
  "a.",
  "a+",
  `${"a".repeat(60)}.`,
  `${"1".repeat(60)}.`,
])("a link's endless text costs in proportion to its length: %j", (piece) => {
  const text = piece.repeat(200_000 / piece.length);
  const before = process.cpuUsage().user;
  namingOf("https://bank.example/a", text);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(3000);
});
