/** Where an answer may lead a visitor, whatever disguise an address wears. */
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./parser.ts";
import { safeLink } from "./safe-url.ts";

const base = "https://page.example/in/here";

describe("an address", () => {
  it.each([
    ["https://a.example", "https://a.example/"],
    ["HTTP://A.example/B", "http://a.example/B"],
    ["mailto:a@b.example", "mailto:a@b.example"],
    ["tel:+49123", "tel:+49123"],
    [" https://a.example/ü?q=ä#ö", "https://a.example/%C3%BC?q=%C3%A4#%C3%B6"],
  ])("%j leads to %j", (address, href) => {
    expect(safeLink(address)).toBe(href);
    expect(safeLink(address, base)).toBe(href);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "\u0001javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "java\rscript:alert(1)",
    "javascript\t:alert(1)",
    "javascript://a.example/%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "blob:https://a.example/1",
    "filesystem:https://a.example/1",
    "view-source:https://a.example",
    "file:///etc/passwd",
    "about:blank",
    "ftp://a.example",
    "intent://a#Intent;end",
    "https://",
    "http://[",
    `https://a.example/${"x".repeat(2000)}`,
  ])("%j leads nowhere", (address) => {
    expect(safeLink(address)).toBeNull();
    expect(safeLink(address, base)).toBeNull();
  });

  it("that is relative needs a base", () => {
    expect(safeLink("/a")).toBeNull();
    expect(safeLink("/a", base)).toBe("https://page.example/a");
    expect(safeLink("", base)).toBe(base);
  });
});

describe("a link in an answer", () => {
  const paragraph = (text: string) => [{ key: 1, kind: "paragraph", inlines: [{ kind: "text", text }] }];

  it.each([
    "javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;&#x61;vascript&#58;alert(1)",
    "javascript\\:alert(1)",
    "<java&#10;script:alert(1)>",
    "<java&#9;script:alert(1)>",
    "<&#1;javascript:alert(1)>",
    "<data:text/html,x>",
    "vbscript&colon;x",
    "/relative",
    "#id",
  ])("to %s is only its text", (address) => {
    expect(parseMarkdown(`[words](${address})`)).toEqual(paragraph("words"));
    expect(parseMarkdown(`![words](${address})`)).toEqual(paragraph("words"));
    expect(parseMarkdown(`[words][a]\n\n[a]: ${address}`)).toEqual(paragraph("words"));
  });

  it("in angle brackets with a dangerous scheme is only its text", () => {
    expect(parseMarkdown("<javascript:alert(1)>")).toEqual(paragraph("javascript:alert(1)"));
  });

  it("shows what was checked: the parsed address", () => {
    expect(parseMarkdown("[a](https:javascript:alert(1))")).toEqual(paragraph("a"));
    expect(parseMarkdown("[a](https:\\\\evil.example)")).toEqual(paragraph("a"));
    expect(parseMarkdown("[a](https://a.example/&quot;x)")[0]).toMatchObject({
      inlines: [{ kind: "link", href: "https://a.example/%22x" }],
    });
  });
});
