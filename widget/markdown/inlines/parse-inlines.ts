/** Inline parser: code, emphasis, links, images, breaks and citation markers. */
import { type Autolink, mayGoOn, readBare, readBracketed, readMail } from "./autolinks.ts";
import { closeAllBrackets, closeBracket, openBracket } from "./brackets.ts";
import { readDelimiter } from "./flanking.ts";
import { createCodeReader } from "./code-spans.ts";
import { unescape } from "./entities.ts";
import { readFormula } from "../blocks/formulas.ts";
import { addPiece, addText, type InlineState, type Reading, resolveEmphasis } from "./inline-state.ts";
import { matchAt } from "./links.ts";
import { safeLink } from "../safe-url.ts";
import type { Inline } from "../types.ts";
import { finishedEnd, trimEnd } from "./incomplete.ts";

const special = /[\\`*_~[\]!<&\n@]|\$\$|https?:\/\/|www\./gi;
const signRun = /`+|\*+|_+|~+/y;
const lineBreak = /<br[ \t]*\/?>(?:[ \t]*\n)?/iy;
const unfinishedTag = /<[a-z/][^\s<>]*$/iy;
const reference = /&#?\w+;/y;

type CodeReader = ReturnType<typeof createCodeReader>;

/** Reads a run of one sign: it may begin code, or open or close emphasis. */
function readRun(state: InlineState, readCode: CodeReader): void {
  const { text, at, reading } = state;
  matchAt(signRun, text, at);
  const end = signRun.lastIndex;
  if (text[at] === "`") {
    const span = readCode(at, end - at, reading.streaming);
    if (span) return addPiece(state, { kind: "code", text: span.code }, span.end);
    state.unclosed = true;
  } else {
    const delimiter = readDelimiter(text, at, end);
    if (delimiter.opens || delimiter.closes) return addPiece(state, delimiter, end);
  }
  addText(state, end - at);
}

function readEscape(state: InlineState): void {
  const next = state.text[state.at + 1] ?? "";
  // A formula that has not ended is better not torn when a long paragraph is cut.
  if (next === "(" || next === "[") state.unclosed = true;
  if (next === "\n") return addPiece(state, { kind: "break" }, state.at + 2);
  if (/[!-/:-@[-`{-~]/.test(next)) state.at++;
  addText(state);
}

function readLineEnd(state: InlineState): void {
  const hard = state.pendingText.endsWith("  ");
  state.pendingText = trimEnd(state.pendingText);
  if (hard) addPiece(state, { kind: "break" }, state.at + 1);
  else addText(state);
  while (state.text[state.at] === " ") state.at++;
}

function readReference(state: InlineState): void {
  const [written = ""] = matchAt(reference, state.text, state.at) ?? [];
  const decoded = unescape(written);
  if (decoded === written) return addText(state);
  state.pendingText += decoded;
  state.at += written.length;
}

function findAutolink(
  { text, at, pendingText, pendingFrom, openBrackets }: InlineState,
  sign: string,
): Autolink | null {
  if (sign === "@") return readMail(text, at, pendingText ? pendingFrom : at);
  return sign === "<" ? readBracketed(text, at) : readBare(text, at, openBrackets.length > 0);
}

/** The link's text may begin before the sign that it was found by; that part is taken out of the plain text. */
function addAutolink(state: InlineState, link: Autolink): void {
  const { text, at, pendingText, reading } = state;
  const signs = text[at] === "<" ? 2 : 0;
  state.pendingText = pendingText.slice(0, pendingText.length + link.end - at - link.text.length - signs);
  const href = safeLink(link.address);
  const unfinished = reading.streaming && mayGoOn(text, link.end);
  const inlines = [{ kind: "text", text: link.text }] as const;
  if (href) addPiece(state, { kind: "link", href: unfinished ? null : href, title: "", inlines }, link.end);
  else state.pendingText += link.text;
  state.at = link.end;
}

/** Reads what a special sign begins. Returns false where the rest of the text is withheld while it grows. */
function readSpecial(state: InlineState, sign: string, readCode: CodeReader): boolean {
  const { text, at, reading } = state;
  const formula = /[\\$]/.test(sign) && readFormula(text, at);
  const link = /^[hw<@]/i.test(sign) && findAutolink(state, sign);
  const breaks = sign === "<" && matchAt(lineBreak, text, at);
  if (formula) addPiece(state, { kind: "code", text: formula }, at + formula.length);
  else if (link) addAutolink(state, link);
  else if (breaks) addPiece(state, { kind: "break" }, lineBreak.lastIndex);
  else if (reading.streaming && sign === "<" && matchAt(unfinishedTag, text, at)) return false;
  else if ("`*_~".includes(sign)) readRun(state, readCode);
  else if (sign === "\\") readEscape(state);
  else if (sign === "\n") readLineEnd(state);
  else if (sign === "&") readReference(state);
  else if (sign === "]") closeBracket(state);
  else if (sign === "[" || (sign === "!" && text[at + 1] === "[")) openBracket(state, sign === "!");
  else addText(state, sign.length);
  return true;
}

/** Returns the inlines, and whether something was left open at the end. */
export function parseInlines(whole: string, reading: Reading): { inlines: Inline[]; unclosed: boolean } {
  const text = reading.streaming ? whole.slice(0, finishedEnd(whole)) : trimEnd(whole);
  const readCode = createCodeReader(text);
  const state: InlineState = {
    reading,
    text,
    lastTarget: text.lastIndexOf("]("),
    inlinePieces: [],
    openBrackets: [],
    spent: 0,
    pendingText: "",
    pendingFrom: 0,
    at: 0,
    unclosed: false,
  };
  while (state.at < text.length) {
    special.lastIndex = state.at;
    const found = special.exec(text);
    addText(state, (found?.index ?? text.length) - state.at);
    if (!found || !readSpecial(state, found[0], readCode)) break;
  }
  addPiece(state, null, state.at);
  closeAllBrackets(state);
  return { inlines: resolveEmphasis(state, state.inlinePieces), unclosed: state.unclosed };
}
