/** Conversation as markdown that is readable as plain text. */
import type { FinishedTurn } from "../../conversation/types.ts";
import { pageOfTurn } from "../question/page-of-turn.ts";
import type { Chat } from "../chat-context.ts";
import { problemMessage } from "../problem/problem-message.ts";
import { titleOf } from "../agent-title.ts";
import { actionMessagesOf } from "../actions/use-action-messages.ts";

/** `date` is put under the heading. An answer that still streams is left out. */
export function conversationMarkdown(chat: Chat, date: string): string {
  const texts = actionMessagesOf(chat).peek();
  const profile = chat.profile.peek();
  const disclosure = profile.texts.disclosure ?? texts.disclosure;
  const head = [`# ${texts.conversationWith(titleOf(chat))}`, date, disclosure];
  const turns = chat.conversation.finished.peek().map((turn) => turnText(turn, chat));
  return `${[head.filter(Boolean).join("\n\n"), ...turns].join("\n\n---\n\n")}\n`;
}

function turnText(turn: FinishedTurn, chat: Chat): string {
  const texts = actionMessagesOf(chat).peek();
  const parts = [
    `**${texts.youAsked}** ${turn.question}`,
    pageText(turn, chat),
    `**${texts.agentAnswered}**`,
    turn.answer.trim(),
    outcomeText(turn, chat),
    sourcesText(turn, chat),
  ];
  return parts.filter(Boolean).join("\n\n");
}

/** The page that the question was about; empty if there was none. */
export function pageText(turn: FinishedTurn, chat: Chat): string {
  const page = pageOfTurn(chat, turn);
  return page
    ? `${actionMessagesOf(chat).peek().usingPage}: ${page.title ? `${page.title}, ` : ""}${page.url}`
    : "";
}

/** Reason why an answer is incomplete; empty for a complete one. */
export function outcomeText(turn: FinishedTurn, chat: Chat): string {
  const texts = actionMessagesOf(chat).peek();
  if (turn.problem) return problemMessage(turn.problem, chat.profile.peek(), texts);
  return turn.end === "stopped" ? texts.stopped : "";
}

/** Sources shown under the answer, in the order of their numbers in it. */
export function sourcesOf(turn: FinishedTurn, chat: Chat): FinishedTurn["citations"] {
  return chat.profile.peek().citations ? turn.citations : [];
}

function sourcesText(turn: FinishedTurn, chat: Chat): string {
  const label = chat.profile.peek().texts.sources ?? actionMessagesOf(chat).peek().sources;
  const lines = sourcesOf(turn, chat).map(
    ({ id, title, url }) => `${id}. ${title}${url === null ? "" : `: ${url}`}`,
  );
  return lines.length > 0 ? `${label}\n\n${lines.join("\n")}` : "";
}
