/** Reads the text of a paragraph, heading or cell: code, emphasis, links, pictures, breaks and markers. */
import { readBare, readBracketed, readMail, type Autolink } from "./autolinks.ts";
import { readDelimiter } from "./characters.ts";
import { type Piece, emphasise } from "./emphasis.ts";
import { decodeReference, reference } from "./entities.ts";
import { isUnfinishedTarget, matchAt, normalLabel, readLabel, readTarget, type Target } from "./links.ts";
import { plainText } from "./plain-text.ts";
import { safeLink } from "./safe-link.ts";
import type { Inline } from "./tree.ts";
import { settledEnd, trimEnd } from "./withhold.ts";

export type Reading = {
  /** Whether this text may still grow: then what is ambiguous is withheld and what is open is shown closed. */
  readonly growing: boolean;
  /** What relative addresses are relative to. */
  readonly base: string | undefined;
  /** Finds a definition. `guess` says that the text will look like a link until the answer ends. */
  find(label: string, guess: boolean): Target | "later" | null;
};

type Bracket = { readonly at: number; readonly after: number; readonly image: boolean; nested: boolean };

const special = /[\\`*_~[\]!<&\n@]|https?:\/\/|www\./gi;
const backticks = /`+/g;
const signRun = /\*+|_+|~+/y;
const referenceAt = new RegExp(reference, "y");
const lineBreak = /<br[ \t]*\/?>/iy;
const unfinishedTag = /<[a-z/][^\s<>]*$/iy;
const marker = /^\^?(\d{1,3})$/;

/** Inside a link there are no links: bare addresses become text again. */
function withoutLinks(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece): readonly Piece[] => {
    if (piece.kind === "link") return piece.inlines;
    return [piece.kind === "marker" ? { kind: "text", text: `[${piece.number}]` } : piece];
  });
}

/** Returns the inlines, and whether something was left open at the end (only told when not growing). */
export function parseInlines(whole: string, reading: Reading): { inlines: Inline[]; unclosed: boolean } {
  const { growing, base } = reading;
  const text = growing ? whole.slice(0, settledEnd(whole)) : trimEnd(whole);
  const pieces: Piece[] = [];
  const brackets: Bracket[] = [];
  /** Brackets below this height are no links any more, since a link was found inside them. */
  let spent = 0;
  let pending = "";
  let at = 0;
  let unclosed = false;
  let lastRuns: Map<number, number> | null = null;
  const onUnclosed = () => (unclosed = true);
  const resolve = (found: readonly Piece[]) => emphasise(found, growing, onUnclosed);

  const flush = () => {
    if (pending) pieces.push({ kind: "text", text: pending });
    pending = "";
  };
  const add = (piece: Piece, end: number) => {
    flush();
    pieces.push(piece);
    at = end;
  };
  const literal = (length: number) => {
    pending += text.slice(at, at + length);
    at += length;
  };

  const addAutolink = (link: Autolink, cut = 0) => {
    if (cut) pending = pending.slice(0, -cut);
    const href = safeLink(link.address);
    if (!href) pending += link.text;
    else {
      const open = growing && link.end === text.length;
      add(
        { kind: "link", href: open ? null : href, title: "", inlines: [{ kind: "text", text: link.text }] },
        at,
      );
    }
    at = link.end;
  };

  const readCode = () => {
    const length = matchRun(text, at);
    backticks.lastIndex = 0;
    lastRuns ??= new Map(Array.from(text.matchAll(backticks), (run) => [run[0].length, run.index]));
    const start = at + length;
    let end = text.length;
    if ((lastRuns.get(length) ?? 0) > at) {
      backticks.lastIndex = start;
      for (let run = backticks.exec(text); run; run = backticks.exec(text)) {
        end = run.index;
        if (run[0].length === length) break;
      }
    } else {
      onUnclosed();
      if (!growing) return literal(length);
    }
    const code = text.slice(start, end).replaceAll("\n", " ");
    const padded = code.startsWith(" ") && code.endsWith(" ") && /[^ ]/.test(code);
    add({ kind: "code", text: padded ? code.slice(1, -1) : code }, Math.min(end + length, text.length));
  };

  /** Makes a link or picture of everything since a bracket. A refused address leaves the text. */
  const enclose = ({ at: start, image }: Bracket, target: Target | null, end: number) => {
    flush();
    const found = pieces.splice(start).slice(1);
    const href = target && safeLink(target.address, base);
    const title = target?.title ?? "";
    if (image) {
      const text = plainText(resolve(found));
      pieces.push(target && !href ? { kind: "text", text } : { kind: "image", href, title, text });
    } else {
      spent = brackets.length;
      const inlines = resolve(withoutLinks(found));
      if (target && !href) pieces.push(...inlines);
      else pieces.push({ kind: "link", href, title, inlines });
    }
    at = end;
  };

  const closeBracket = () => {
    const bracket = brackets.pop();
    if (!bracket) return literal(1);
    const active = bracket.image || brackets.length >= spent;
    spent = Math.min(spent, brackets.length);
    if (!active) return literal(1);
    const next = at + 1;
    const inside = text.slice(bracket.after, at);
    const number = bracket.image ? null : (marker.exec(inside)?.[1] ?? null);
    const target = readTarget(text, next);
    if (target) return enclose(bracket, target.value, target.end);
    if (growing && !number && next === text.length) return enclose(bracket, null, next);
    if (growing && text[next] === "(" && isUnfinishedTarget(text, next)) {
      return enclose(bracket, null, text.length);
    }
    if (
      growing &&
      !number &&
      /^\[[^[\]]*$/.test(text.slice(next, next + 1000)) &&
      text.length < next + 1000
    ) {
      return enclose(bracket, null, text.length);
    }
    const label = readLabel(text, next);
    const written = label?.value.trim() ? label.value : inside;
    const found =
      written === inside && bracket.nested
        ? null
        : reading.find(normalLabel(written), Boolean(label) && !number && !marker.test(written));
    if (found) return enclose(bracket, found === "later" ? null : found, label?.end ?? next);
    if (!number) return literal(1);
    flush();
    pieces.length = bracket.at;
    add({ kind: "marker", number }, next);
  };

  while (at < text.length) {
    special.lastIndex = at;
    const found = special.exec(text);
    literal((found?.index ?? text.length) - at);
    if (!found) break;
    const sign = found[0];
    if (sign === "\\") {
      const next = text[at + 1] ?? "";
      if (next === "\n") add({ kind: "break" }, at + 2);
      else {
        if (/[!-/:-@[-`{-~]/.test(next)) at++;
        literal(1);
      }
    } else if (sign === "`") readCode();
    else if (sign === "*" || sign === "_" || sign === "~") {
      const end = at + (matchAt(signRun, text, at)?.[0].length ?? 1);
      const delimiter = readDelimiter(text, at, end);
      if (delimiter.opens || delimiter.closes) add(delimiter, end);
      else literal(end - at);
    } else if (sign === "[" || (sign === "!" && text[at + 1] === "[")) {
      flush();
      const outer = brackets.at(-1);
      if (outer) outer.nested = true;
      brackets.push({
        at: pieces.length,
        after: at + sign.length + (sign === "!" ? 1 : 0),
        image: sign === "!",
        nested: false,
      });
      add({ kind: "text", text: sign === "!" ? "![" : "[" }, at + (sign === "!" ? 2 : 1));
    } else if (sign === "]") closeBracket();
    else if (sign === "<") {
      const link = readBracketed(text, at);
      const lineBreakHere = matchAt(lineBreak, text, at);
      if (link) addAutolink(link);
      else if (lineBreakHere) add({ kind: "break" }, at + lineBreakHere[0].length);
      else if (growing && matchAt(unfinishedTag, text, at)) break;
      else literal(1);
    } else if (sign === "&") {
      const name = matchAt(referenceAt, text, at);
      const decoded = name && decodeReference(name[1] ?? "");
      if (!decoded) literal(1);
      else {
        pending += decoded;
        at += name[0].length;
      }
    } else if (sign === "\n") {
      const hard = pending.endsWith("  ");
      pending = trimEnd(pending);
      if (hard) add({ kind: "break" }, at + 1);
      else literal(1);
      while (text[at] === " ") at++;
    } else {
      const mail = sign === "@";
      const link = mail ? readMail(text, at, pending) : readBare(text, at, pending, brackets.length > 0);
      if (link) addAutolink(link, mail ? link.text.lastIndexOf("@") : 0);
      else literal(sign.length);
    }
  }

  flush();
  const open = brackets.slice(spent);
  if (open.length) onUnclosed();
  const outermost = open[0];
  if (growing && outermost) {
    for (const { at: place } of open) pieces[place] = { kind: "text", text: "" };
    brackets.length = 0;
    enclose(outermost, null, text.length);
  }
  return { inlines: resolve(pieces), unclosed };
}

function matchRun(text: string, at: number): number {
  let end = at;
  while (text[end] === "`") end++;
  return end - at;
}
