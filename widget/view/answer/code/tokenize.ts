/** Tokenizer of code: comments, strings, numbers, keywords and names, by one expression for each language. */
import type { Language } from "./languages.ts";

export type TokenKind = "comment" | "string" | "number" | "keyword" | "name";

export type Token = { readonly kind: TokenKind; readonly start: number; readonly end: number };

const kinds: readonly TokenKind[] = ["comment", "string", "number", "keyword", "name"];

// Each expression consumes what it scans, or is bounded, so that the time is linear.
const double = String.raw`"(?:\\.|[^"\\\n]){0,1000}"`;
const single = String.raw`'(?:\\.|[^'\\\n]){0,1000}'`;
const template = String.raw`\x60(?:\\[^]|[^\x60\\])*(?:\x60|$)`;
const slashes = String.raw`(?<![:\\])\/\/.*|\/\*[^]*?(?:\*\/|$)`;
const number = String.raw`\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)n?\b`;
const call = String.raw`(?<![\w$])[A-Za-z_$][\w$]*(?![\w$])(?=\s?\()`;
const hash = String.raw`(?<!\S)#.*`;

const keywords = (list: string) => String.raw`(?<![\w$.-])(?:${list.trim().replace(/\s+/g, "|")})(?![\w$-])`;

const scriptKeywords =
  keywords(`abstract as async await break case catch class const continue declare default delete do echo
  elseif else endif enum export extends false finally fn for foreach from function if implements import in instanceof
  interface let match namespace new null of private protected public readonly return satisfies static super switch this
  throw true try type typeof undefined use var void while yield`);
const pythonKeywords =
  keywords(`and as assert async await break case class continue def del elif else except False finally
  for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield`);
const shellKeywords =
  keywords(`case do done elif else esac exit export fi for function if in local readonly return select set
  shift source then trap unset until while`);
const sqlKeywords =
  keywords(`add all alter and as asc begin between by case check column commit constraint create cross
  database default delete desc distinct drop else end exists foreign from full group having if in index inner insert into
  is join key left like limit not null offset on or order outer primary references returning right rollback select set
  table then union unique update using values view when where with`);

/** For each language the five kinds in their order; an earlier one wins where two match at one position. */
const sources: Readonly<Record<Language, readonly [string, string, string, string, string]>> = {
  script: [slashes, `${double}|${single}|${template}`, number, scriptKeywords, call],
  php: [`${slashes}|${hash}`, `${double}|${single}`, number, scriptKeywords, String.raw`${call}|\$\w+`],
  python: [
    "#.*",
    String.raw`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|${double}|${single}`,
    number,
    pythonKeywords,
    String.raw`${call}|@[\w.]+`,
  ],
  shell: [
    hash,
    String.raw`"(?:\\[^]|[^"\\])*(?:"|$)|'[^']*(?:'|$)`,
    String.raw`(?<=\s)\d+\b`,
    shellKeywords,
    String.raw`\$\w+|\$\{[^}\n]{0,100}\}|(?<=\s)--?[a-z][\w-]*`,
  ],
  sql: [String.raw`--.*|\/\*[^]*?(?:\*\/|$)`, single, number, sqlKeywords, String.raw`${call}|"[^"\n]*"`],
  markup: [
    "<!--[^]*?(?:-->|$)",
    String.raw`(?<==)(?:"[^"]*(?:"|$)|'[^']*(?:'|$))`,
    String.raw`&#?\w+;`,
    String.raw`<[\/!?]?[a-z][\w:.-]*|(?<=[\w"'\s\/?])\/?>`,
    String.raw`(?<=\s)[a-z@:][\w:.-]*(?==)`,
  ],
  css: [
    String.raw`\/\*[^]*?(?:\*\/|$)|(?<![:(])\/\/.*`,
    `${double}|${single}`,
    String.raw`#[\da-f]{3,8}\b|(?<![\w-])-?\d*\.?\d+(?:%|[a-z]+)?`,
    String.raw`@[\w-]+|!important`,
    String.raw`(?<=[{;\s])[\w-]+(?=\s?:\s)|${call}`,
  ],
  json: [slashes, `${double}(?!\\s*:)`, number, keywords("true false null"), double],
};

const anyCase: ReadonlySet<Language> = new Set<Language>(["sql", "markup", "css"]);

const compiled = new Map<Language, RegExp>();

function expressionFor(language: Language): RegExp {
  const known = compiled.get(language);
  if (known) return known;
  const made = new RegExp(
    sources[language].map((source) => `(${source})`).join("|"),
    anyCase.has(language) ? "gi" : "g",
  );
  compiled.set(language, made);
  return made;
}

export function tokensIn(code: string, language: Language): Token[] {
  return [...code.matchAll(expressionFor(language))].map((found) => {
    const at = found.slice(1).findIndex((group) => group !== undefined);
    return { kind: kinds[at] ?? "name", start: found.index, end: found.index + found[0].length };
  });
}
