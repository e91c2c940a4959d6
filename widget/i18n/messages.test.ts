import { describe, expect, it } from "vitest";
import { problems } from "../../proxy/protocol/problems.ts";
import { englishActions } from "./locales/en.actions.ts";
import { englishConversation } from "./locales/en.conversation.ts";
import { english as first } from "./locales/en.ts";
import { bestLanguage, directionOf, languages } from "./negotiate-language.ts";
import { loadTexts } from "./load-messages.ts";
import type { Messages } from "./messages.ts";

const english: Messages = { ...first, ...englishConversation, ...englishActions };

/** Each language's own name for its table, as the browser has it. */
const tables = await Promise.all(
  languages.map(async (language): Promise<[string, Messages]> => {
    const name = new Intl.DisplayNames("en", { type: "language" }).of(language) ?? language;
    return [name, { ...englishConversation, ...englishActions, ...(await loadTexts(language)) }];
  }),
);
const shared: ReadonlySet<string> = new Set(["youAsked", "question", "dismiss", "closeChat", "startOver"]);
const others = tables.filter(([name]) => name !== "English");

/** Every sentence by its name, those with a number or a name in them as they are with these. */
function sentences(texts: Messages): [string, string][] {
  const { problems, reasons, charactersLeft, charactersTooMany, allSources, sourcesHere, ...rest } = texts;
  const { conversationWith, deleteNamed, unread, ...plain } = rest;
  return [
    ...Object.entries(plain),
    ...Object.entries(problems),
    ...Object.entries(reasons),
    ["charactersLeft", charactersLeft(7)],
    ["charactersTooMany", charactersTooMany(7)],
    ["allSources", allSources(7)],
    ["sourcesHere", sourcesHere(2, 7)],
    ["sourcesHere, the only one", sourcesHere(1, 1)],
    ["conversationWith", conversationWith("Ada")],
    ["unread", unread(7)],
    ["deleteNamed", deleteNamed("Opening hours")],
  ];
}

describe.each(tables)("the %s table", (_, texts) => {
  it("no message is empty", () => {
    expect(sentences(texts).filter(([, sentence]) => sentence.trim() === "")).toEqual([]);
  });

  it("no message begins or ends with a space", () => {
    expect(sentences(texts).filter(([, sentence]) => sentence !== sentence.trim())).toEqual([]);
  });

  it("every problem code has a message", () => {
    expect(Object.keys(texts.problems).sort()).toEqual(Object.keys(problems).sort());
  });

  it("a message about a count contains the number", () => {
    expect(texts.charactersLeft(12)).toContain("12");
    expect(texts.charactersTooMany(3)).toContain("3");
    expect(texts.allSources(9)).toContain("9");
    expect(texts.sourcesHere(2, 9)).toMatch(/2.*9|9.*2/);
  });

  it("a message about a name contains the name", () => {
    expect(texts.conversationWith("Ada")).toContain("Ada");
    expect(texts.deleteNamed("Opening hours")).toContain("Opening hours");
  });

  it("no message mentions codes, keys, proxies or upstream", () => {
    const told = sentences(texts).filter(([, sentence]) =>
      /upstream|proxy|\bapi\b|\bkey\b|error|\d{3}/i.test(sentence),
    );
    expect(told).toEqual([]);
  });
});

it.each(others)(
  "the messages in %s differ from every other language's, but for a few words",
  (name, texts) => {
    const own = sentences(texts);
    const copied = others
      .filter(([other]) => other !== name)
      .map(([, table]) => {
        const theirs = new Map(sentences(table));
        return own.filter(([key, sentence]) => theirs.get(key) === sentence).length;
      });
    expect(Math.max(...copied)).toBeLessThan(own.length / 10);
  },
);

it.each(others)("no message in %s is still in English", (_, texts) => {
  const inEnglish = new Map(sentences(english));
  const same = sentences(texts).filter(([name, sentence]) => inEnglish.get(name) === sentence);
  // Words that several languages share.
  expect(same.filter(([name]) => !["title", "sources", "transcript"].includes(name))).toEqual([]);
});

it.each(others)("messages in %s differ where the English ones do", (_, texts) => {
  const said = new Map<string, string[]>();
  for (const [name, sentence] of sentences(texts)) said.set(sentence, [...(said.get(sentence) ?? []), name]);
  const inEnglish = new Map(sentences(english));
  const confused = [...said.values()].filter(
    (names) => new Set(names.map((name) => inEnglish.get(name))).size > 1,
  );
  // A language may name a button and what it sends, or a menu's entry and its confirmation, with one word.
  expect(confused.filter((names) => names.some((name) => !shared.has(name)))).toEqual([]);
});

it("one remaining character is counted in the singular", () => {
  expect(english.charactersLeft(1)).toBe("1 character left");
  expect(english.charactersTooMany(1)).toBe("1 character too many");
});

describe("language negotiation", () => {
  it.each([
    [["de"], "de"],
    [["de-AT"], "de"],
    [["DE_ch"], "de"],
    // Tags from "qaa" on are for private use, so no language that is added will ever have them.
    [["qaa-FI", "de-Latn-CH-1996", "en"], "de"],
    [["en-GB", "de"], "en"],
    [["qaa", "qab"], "en"],
    [["qaa", "it"], "it"],
    [["pt-BR"], "pt"],
    [["zh-Hant-TW"], "zh"],
    [["iw"], "he"],
    [["deu"], "en"],
    [[null, undefined, "", "-", "de"], "de"],
    [[], "en"],
  ] as const)("the best language for %j is %s", (wanted, spoken) => {
    expect(bestLanguage(wanted)).toBe(spoken);
  });

  it("every supported language has messages", async () => {
    const loaded = await Promise.all(languages.map(loadTexts));
    expect(new Set(loaded).size).toBe(languages.length);
  });

  it.each([
    ["ar", "rtl"],
    ["ar-EG", "rtl"],
    ["he", "rtl"],
    ["az-Arab", "rtl"],
    ["ks-Latn", "ltr"],
    ["de", "ltr"],
    ["art", "ltr"],
  ])("the direction of %s is %s", (tag, direction) => {
    expect(directionOf(tag)).toBe(direction);
  });
});
