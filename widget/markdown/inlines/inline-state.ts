/** State of the inline parser, and how its parts add to it. */
import type { Target } from "./links.ts";
import { emphasise, type Piece } from "./emphasis.ts";
import type { Inline } from "../types.ts";

export type Reading = {
  /** Whether this text may still grow: then what is ambiguous is withheld and what is open is shown closed. */
  readonly streaming: boolean;
  /** What relative addresses are relative to. */
  readonly base: string | undefined;
  /** Finds a definition. `guess` says that the text shall look like a link until the answer ends. */
  find(label: string, guess: boolean): Target | "later" | null;
};

/** A `[` or `![`: which piece it is, and where the text after it begins. */
export type Bracket = {
  readonly at: number;
  readonly after: number;
  readonly image: boolean;
  nested: boolean;
};

export type InlineState = {
  readonly reading: Reading;
  readonly text: string;
  /** The last place where an address may begin, or -1. */
  readonly lastTarget: number;
  readonly inlinePieces: Piece[];
  /** Brackets that nothing has closed so far. */
  readonly openBrackets: Bracket[];
  /** Brackets below this height are no links any more, since a link was found inside them. */
  spent: number;
  /** Plain text not yet among the pieces, and where it began. */
  pendingText: string;
  pendingFrom: number;
  /** The place up to which the text is read. */
  at: number;
  /** Whether something was left open at the end. */
  unclosed: boolean;
};

/** Takes the next characters as plain text. */
export function addText(state: InlineState, length = 1): void {
  if (!state.pendingText) state.pendingFrom = state.at;
  state.pendingText += state.text.slice(state.at, (state.at += length));
}

/** Adds the plain text so far and then a piece, and goes on at `end`. */
export function addPiece(state: InlineState, piece: Piece | null, end: number): void {
  const { inlinePieces, pendingText } = state;
  if (pendingText) inlinePieces.push({ kind: "text", text: pendingText });
  if (piece) inlinePieces.push(piece);
  state.pendingText = "";
  state.at = end;
}

export const resolveEmphasis = (state: InlineState, inlinePieces: readonly Piece[]): Inline[] =>
  emphasise(inlinePieces, state.reading.streaming, () => (state.unclosed = true));
