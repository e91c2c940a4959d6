/** Titles, starters and other short texts that a site stored with HTML's references. */
import { describe, expect, it } from "vitest";
import { profileFrom } from "./agent/agent-fields.ts";
import { sourceIn } from "./answer/citation-fields.ts";
import { written } from "./decode-text.ts";

describe("a short text with HTML character references", () => {
  it.each([
    ["Prices &#8211; Tom &amp; Jerry&#8217;s", "Prices – Tom & Jerry’s"],
    ["Plans &amp; more&hellip;", "Plans & more…"],
    ["What&#039;s new? &#x1F600;", "What's new? 😀"],
    ["Caf&eacute; &NotEqualTilde;", "Café ≂̸"],
  ])("%j reads %j", (text, read) => {
    expect(written(text, 300)).toBe(read);
  });

  it("is decoded once, and never becomes markup", () => {
    expect(written("&lt;title&gt; &amp;amp; &amp;lt;b&amp;gt;", 300)).toBe("<title> &amp; &lt;b&gt;");
  });

  it.each(["AT&T & Co &copy", "&copy2 &amp &#65 a&b;", "R&D &unknown; &constructor;", "?a=1&copy=2"])(
    "that only looks so stays: %j",
    (text) => {
      expect(written(text, 300)).toBe(text);
    },
  );

  it.each([
    ["a&#0;b", "a\ufffdb"],
    ["a&#xD800;b", "a\ufffdb"],
    ["a&#x110000;b", "a\ufffdb"],
    ["a&#10;&#9;&NewLine;b", "a b"],
    ["a&#x1b;[31mb", "a [31mb"],
    ["a&#x202E;&#8203;&ZeroWidthSpace;&rlm;b", "ab"],
    ["&nbsp;a&nbsp;&nbsp;b&nbsp;", "a b"],
    ["&#32;&#x200b;", null],
  ])("contains no invisible or control characters: %j", (text, read) => {
    expect(written(text, 300)).toBe(read);
  });

  it("has its maximum length after decoding, and costs linear time", () => {
    expect(written("&amp;".repeat(10_000), 300)).toBe("&".repeat(300));
    expect(written("&CounterClockwiseContourIntegral;".repeat(300), 300)).toBe("∳".repeat(300));
    expect(written(`${"a".repeat(299)}&#128512;`, 300)).toBe("a".repeat(299));
  });
});

it("all texts of an agent's profile are decoded", () => {
  const names = [
    "hang_in_there_msg",
    "no_answer_message",
    "ai_disclaimer",
    "default_prompt",
    "chatbot_title",
  ];
  const profile = profileFrom(
    {
      ...Object.fromEntries(names.map((name) => [name, "Q &amp; A"])),
      example_questions: ["Q &amp; A", "Q & A"],
    },
    null,
  );
  expect(profile).toMatchObject({
    title: "Q & A",
    placeholder: "Q & A",
    starters: ["Q & A"],
    texts: { thinking: "Q & A", noAnswer: "Q & A", disclosure: "Q & A" },
  });
  expect(profileFrom({}, { project_name: "Tom &amp; Jerry&#039;s" }).title).toBe("Tom & Jerry's");
});

it("a source's title and description are decoded, its addresses left as they are", () => {
  expect(
    sourceIn({
      url: "https://example.org/?a=1&amp;b=2",
      filename: "R&#233;sum&eacute;.pdf",
      snippet: "Q &amp; A",
    }),
  ).toMatchObject({ url: "https://example.org/?a=1&amp;b=2", title: "Résumé.pdf", description: "Q & A" });
});
