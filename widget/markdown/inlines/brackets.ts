/** Links, images, citation markers and footnote references: what starts with a bracket. */
import { addPiece, addText, type Bracket, type InlineState, resolveEmphasis } from "./inline-state.ts";
import { isUnfinishedTarget, normalLabel, readLabel, readTarget, type Target } from "./links.ts";
import { plainText, withoutLinks } from "./plain-text.ts";
import { lastIn } from "../../builtins/last.ts";
import { safeLink } from "../safe-url.ts";

const marker = /^(?:(\d{1,3})|\^([\w-]{1,32}))$/;

export function openBracket(state: InlineState, image: boolean): void {
  const { inlinePieces, openBrackets } = state;
  const after = state.at + (image ? 2 : 1);
  const outer = lastIn(openBrackets);
  if (outer) outer.nested = true;
  addPiece(state, null, after);
  openBrackets.push({ at: inlinePieces.length, after, image, nested: false });
  inlinePieces.push({ kind: "text", text: image ? "![" : "[" });
}

/** Makes a link or an image of everything since a bracket. A refused address leaves the text. */
function enclose(state: InlineState, { at, image }: Bracket, target: Target | null, end: number): void {
  const { inlinePieces, openBrackets } = state;
  addPiece(state, null, end);
  const [, ...found] = inlinePieces.splice(at);
  const href = target && safeLink(target.address, state.reading.base);
  const title = target?.title ?? "";
  // A link that is still being written leaves open whether one around it becomes a link instead.
  if (!image && target) state.spent = openBrackets.length;
  const inlines = resolveEmphasis(state, image ? found : withoutLinks(found, target !== null));
  const alternative = { kind: "text", text: plainText(inlines) } as const;
  if (target && !href) inlinePieces.push(...(image ? [alternative] : inlines));
  else
    inlinePieces.push(
      image ? { ...alternative, kind: "image", href, title } : { kind: "link", href, title, inlines },
    );
}

/** Reads `]` and what follows it: an address, a label, or nothing. */
export function closeBracket(state: InlineState): void {
  const { text, at, openBrackets } = state;
  const bracket = openBrackets.pop();
  const active = bracket && (bracket.image || openBrackets.length >= state.spent);
  state.spent = Math.min(state.spent, openBrackets.length);
  if (!active) return addText(state);
  const next = at + 1;
  const inside = text.slice(bracket.after, at);
  const [, number, note] = (!bracket.image && marker.exec(inside)) || [];
  const isMarker = Boolean(number ?? note);
  const target = readTarget(text, next);
  if (target) return enclose(state, bracket, target.value, target.end);
  const unfinished =
    state.reading.streaming &&
    ((!isMarker && /^(?:\[[^[\]]{0,1000})?$/.test(text.slice(next, next + 1002))) ||
      (at === state.lastTarget && isUnfinishedTarget(text, next)));
  if (unfinished) return enclose(state, bracket, null, text.length);
  const label = readLabel(text, next);
  const named = label?.value.trim();
  const written = named ? (label?.value ?? "") : inside;
  const guess = Boolean(label) && !isMarker && !written.startsWith("^");
  const found = named || !bracket.nested ? state.reading.find(normalLabel(written), guess) : null;
  if (found) return enclose(state, bracket, found === "later" ? null : found, label?.end ?? next);
  if (!isMarker) return addText(state);
  addPiece(state, null, at);
  state.inlinePieces.length = bracket.at;
  addPiece(state, number ? { kind: "marker", number } : { kind: "note", label: note ?? "" }, next);
}

/** Ends the text. While it grows, its outermost open bracket is shown as the link or image that it may become. */
export function closeAllBrackets(state: InlineState): void {
  const { openBrackets, inlinePieces, spent } = state;
  const open = openBrackets.filter(({ image }, index) => image || index >= spent);
  const [outermost] = open;
  if (!outermost) return;
  state.unclosed = true;
  if (!state.reading.streaming) return;
  for (const { at } of open) inlinePieces[at] = { kind: "text", text: "" };
  enclose(state, outermost, null, state.at);
}
