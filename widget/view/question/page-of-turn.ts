/** The page that a question was about. */
import { signal, type Signal } from "@preact/signals";
import type { Page } from "../../../proxy/protocol/bodies.ts";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import type { Chat } from "../chat-context.ts";

export type Pages = ReadonlyMap<string, Page>;

export const pagesIn = (chat: Chat): Signal<Pages> => (chat.state.questionPages ??= signal(new Map()));

/** Null if it was about none or is unknown. */
export function pageOfTurn(chat: Chat, turn: FinishedTurn | StreamingTurn): Page | null {
  if (turn.page !== undefined || !("message" in turn) || turn.message === null) return turn.page ?? null;
  return pagesIn(chat).value.get(turn.message) ?? null;
}
