/** Inline parser: code, emphasis, links, images, breaks and citation markers. */
import { type Autolink, mayGoOn, readBare, readBracketed, readMail } from "./autolinks.ts";
import { readDelimiter } from "./flanking.ts";
import { createCodeReader } from "./code-spans.ts";
import { emphasise, type Piece } from "./emphasis.ts";
import { unescape } from "./entities.ts";
import { readFormula } from "../blocks/formulas.ts";
import { isUnfinishedTarget, matchAt, normalLabel, readLabel, readTarget, type Target } from "./links.ts";
import { plainText, withoutLinks } from "./plain-text.ts";
import { safeLink } from "../safe-url.ts";
import type { Inline } from "../types.ts";
import { finishedEnd, trimEnd } from "./incomplete.ts";

export type Reading = {
  /** Whether this text may still grow: then what is ambiguous is withheld and what is open is shown closed. */
  readonly streaming: boolean;
  /** What relative addresses are relative to. */
  readonly base: string | undefined;
  /** Finds a definition. `guess` says that the text shall look like a link until the answer ends. */
  find(label: string, guess: boolean): Target | "later" | null;
};

/** A `[` or `![`: which piece it is, and where the text after it begins. */
type Bracket = { readonly at: number; readonly after: number; readonly image: boolean; nested: boolean };

const special = /[\\`*_~[\]!<&\n@]|\$\$|https?:\/\/|www\./gi;
const signRun = /`+|\*+|_+|~+/y;
const lineBreak = /<br[ \t]*\/?>(?:[ \t]*\n)?/iy;
const unfinishedTag = /<[a-z/][^\s<>]*$/iy;
const reference = /&#?\w+;/y;
const marker = /^(?:(\d{1,3})|\^([\w-]{1,32}))$/;

/** Returns the inlines, and whether something was left open at the end. */
export function parseInlines(whole: string, reading: Reading): { inlines: Inline[]; unclosed: boolean } {
  const { streaming, base } = reading;
  const text = streaming ? whole.slice(0, finishedEnd(whole)) : trimEnd(whole);
  const lastTarget = text.lastIndexOf("](");
  const readCode = createCodeReader(text);
  const pieces: Piece[] = [];
  const brackets: Bracket[] = [];
  /** Brackets below this height are no links any more, since a link was found inside them. */
  let spent = 0;
  /** Plain text not yet among the pieces, and where it began. */
  let pending = "";
  let from = 0;
  let at = 0;
  let unclosed = false;
  const resolve = (found: readonly Piece[]) => emphasise(found, streaming, () => (unclosed = true));
  const literal = (length: number) => {
    if (!pending) from = at;
    pending += text.slice(at, (at += length));
  };
  const add = (piece: Piece | null, end: number) => {
    if (pending) pieces.push({ kind: "text", text: pending });
    pending = "";
    if (piece) pieces.push(piece);
    at = end;
  };

  const addAutolink = (link: Autolink) => {
    const brackets = text[at] === "<" ? 2 : 0;
    pending = pending.slice(0, pending.length + link.end - at - link.text.length - brackets);
    const href = safeLink(link.address);
    const unfinished = streaming && mayGoOn(text, link.end);
    const inlines = [{ kind: "text", text: link.text }] as const;
    if (href) add({ kind: "link", href: unfinished ? null : href, title: "", inlines }, link.end);
    else pending += link.text;
    at = link.end;
  };

  /** Makes a link or picture of everything since a bracket. A refused address leaves the text. */
  const enclose = ({ at: start, image }: Bracket, target: Target | null, end: number) => {
    add(null, end);
    const [, ...found] = pieces.splice(start);
    const href = target && safeLink(target.address, base);
    const title = target?.title ?? "";
    const refused = target && !href;
    // A link that is still being written leaves open whether one around it becomes a link instead.
    if (!image && target) spent = brackets.length;
    const inlines = resolve(image ? found : withoutLinks(found, target !== null));
    const alternative = { kind: "text", text: plainText(inlines) } as const;
    if (refused) pieces.push(...(image ? [alternative] : inlines));
    else
      pieces.push(
        image ? { ...alternative, kind: "image", href, title } : { kind: "link", href, title, inlines },
      );
  };

  const closeBracket = () => {
    const bracket = brackets.pop();
    const active = bracket && (bracket.image || brackets.length >= spent);
    spent = Math.min(spent, brackets.length);
    if (!active) return literal(1);
    const next = at + 1;
    const inside = text.slice(bracket.after, at);
    const [, number, note] = (!bracket.image && marker.exec(inside)) || [];
    const isMarker = Boolean(number ?? note);
    const target = readTarget(text, next);
    if (target) return enclose(bracket, target.value, target.end);
    const unfinished =
      streaming &&
      ((!isMarker && /^(?:\[[^[\]]{0,1000})?$/.test(text.slice(next, next + 1002))) ||
        (at === lastTarget && isUnfinishedTarget(text, next)));
    if (unfinished) return enclose(bracket, null, text.length);
    const label = readLabel(text, next);
    const named = label?.value.trim();
    const written = named ? (label?.value ?? "") : inside;
    const guess = Boolean(label) && !isMarker && !written.startsWith("^");
    const found = named || !bracket.nested ? reading.find(normalLabel(written), guess) : null;
    if (found) return enclose(bracket, found === "later" ? null : found, label?.end ?? next);
    if (!isMarker) return literal(1);
    add(null, at);
    pieces.length = bracket.at;
    add(number ? { kind: "marker", number } : { kind: "note", label: note ?? "" }, next);
  };

  const openBracket = (image: boolean) => {
    const after = at + (image ? 2 : 1);
    const outer = brackets[brackets.length - 1];
    if (outer) outer.nested = true;
    add(null, after);
    brackets.push({ at: pieces.length, after, image, nested: false });
    pieces.push({ kind: "text", text: image ? "![" : "[" });
  };

  const readRun = () => {
    const end = at + (matchAt(signRun, text, at)?.[0].length ?? 1);
    if (text[at] !== "`") {
      const delimiter = readDelimiter(text, at, end);
      if (delimiter.opens || delimiter.closes) add(delimiter, end);
      else literal(end - at);
      return;
    }
    const span = readCode(at, end - at, streaming);
    if (span) return add({ kind: "code", text: span.code }, span.end);
    unclosed = true;
    literal(end - at);
  };

  const readEscape = () => {
    const next = text[at + 1] ?? "";
    // A formula that has not ended is better not torn when a long paragraph is cut.
    if (next === "(" || next === "[") unclosed = true;
    if (next === "\n") return add({ kind: "break" }, at + 2);
    if (/[!-/:-@[-`{-~]/.test(next)) at++;
    literal(1);
  };

  const readLineEnd = () => {
    const hard = pending.endsWith("  ");
    pending = trimEnd(pending);
    if (hard) add({ kind: "break" }, at + 1);
    else literal(1);
    while (text[at] === " ") at++;
  };

  const addReference = () => {
    const [written = ""] = matchAt(reference, text, at) ?? [];
    const decoded = unescape(written);
    if (decoded === written) return literal(1);
    pending += decoded;
    at += written.length;
  };

  while (at < text.length) {
    special.lastIndex = at;
    const found = special.exec(text);
    literal((found?.index ?? text.length) - at);
    if (!found) break;
    const [sign] = found;
    let link: Autolink | null = null;
    const formula = /[\\$]/.test(sign) && readFormula(text, at);
    if (formula) add({ kind: "code", text: formula }, at + formula.length);
    else if ("`*_~".includes(sign)) readRun();
    else if (sign === "\\") readEscape();
    else if (sign === "\n") readLineEnd();
    else if (sign === "&") addReference();
    else if (sign === "]") closeBracket();
    else if (sign === "[" || (sign === "!" && text[at + 1] === "[")) openBracket(sign === "!");
    else {
      if (sign === "@") link = readMail(text, at, pending ? from : at);
      else if (sign === "<") link = readBracketed(text, at);
      else if (sign !== "!") link = readBare(text, at, brackets.length > 0);
      const breaks = sign === "<" && matchAt(lineBreak, text, at);
      if (link) addAutolink(link);
      else if (breaks) add({ kind: "break" }, at + breaks[0].length);
      else if (streaming && sign === "<" && matchAt(unfinishedTag, text, at)) break;
      else literal(sign.length);
    }
  }
  add(null, at);
  const open = brackets.filter(({ image }, index) => image || index >= spent);
  const [outermost] = open;
  unclosed ||= open.length > 0;
  if (streaming && outermost) {
    for (const { at: place } of open) pieces[place] = { kind: "text", text: "" };
    enclose(outermost, null, at);
  }
  return { inlines: resolve(pieces), unclosed };
}
