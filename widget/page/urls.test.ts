/** Tests of which addresses are on this page, on this site, or elsewhere. */
import { expect, it } from "vitest";
import { relationOf } from "./urls.ts";

const here = "https://shop.example/Help/faq?topic=1&lang=de";

it.each([
  ["https://shop.example/Help/faq?lang=de&topic=1", "page"],
  ["https://shop.example/Help/faq/?topic=1&lang=de#costs", "page"],
  ["https://shop.example/Help/faq/index.html?topic=1&lang=de", "page"],
  ["https://shop.example:443/Help/faq?topic=1&utm_source=x&lang=de&gclid=1&fbclid=2#:~:text=a", "page"],
  ["https://shop.example/Help/faq?topic=2&lang=de", "site"],
  ["https://shop.example/help/faq?topic=1&lang=de", "site"],
  ["https://shop.example/", "site"],
  ["http://shop.example/Help/faq?topic=1&lang=de", "elsewhere"],
  ["https://www.shop.example/Help/faq?topic=1&lang=de", "elsewhere"],
  ["https://shop.example.evil.example/", "elsewhere"],
  ["https://shop.example@evil.example/Help/faq", "elsewhere"],
  ["mailto:a@shop.example", "elsewhere"],
  ["javascript:alert(1)", "elsewhere"],
  ["nonsense", "elsewhere"],
])("%s is %s", (address, relation) => {
  expect(relationOf(address, here)).toBe(relation);
});

it("a frame without a web address has no site, and its own address is elsewhere", () => {
  expect(relationOf("about:srcdoc", "about:srcdoc")).toBe("elsewhere");
  expect(relationOf("https://shop.example/", "about:blank")).toBe("elsewhere");
});
