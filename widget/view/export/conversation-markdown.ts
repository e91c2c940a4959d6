/** The whole conversation as one text, in markdown that reads well as it stands. */
import type { FinishedTurn } from "../../conversation/types.ts";
import { pageOfTurn } from "../question/page-of-turn.ts";
import type { Chat } from "../chat-context.ts";
import { problemMessage } from "../problem/problem-message.ts";
import { titleOf } from "../agent-title.ts";
import { messagesOf } from "../use-messages.ts";

/** `date` stands under the heading. An answer that is still being written is not part of it. */
export function conversationMarkdown(chat: Chat, date: string): string {
  const texts = messagesOf(chat).peek();
  const face = chat.profile.peek();
  const disclosure = face.texts.disclosure ?? texts.disclosure;
  const head = [`# ${texts.conversationWith(titleOf(chat))}`, date, disclosure];
  const turns = chat.conversation.finished.peek().map((turn) => turnText(turn, chat));
  return `${[head.filter(Boolean).join("\n\n"), ...turns].join("\n\n---\n\n")}\n`;
}

function turnText(turn: FinishedTurn, chat: Chat): string {
  const texts = messagesOf(chat).peek();
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

/** The page that the question was asked about; empty where there was none. */
export function pageText(turn: FinishedTurn, chat: Chat): string {
  const page = pageOfTurn(chat, turn);
  return page
    ? `${messagesOf(chat).peek().usingPage}: ${page.title ? `${page.title}, ` : ""}${page.url}`
    : "";
}

/** Why an answer is not complete; empty for one that is. */
export function outcomeText(turn: FinishedTurn, chat: Chat): string {
  const texts = messagesOf(chat).peek();
  if (turn.problem) return problemMessage(turn.problem, chat.profile.peek(), texts);
  return turn.end === "stopped" ? texts.stopped : "";
}

/** The sources that are shown under the answer, by the numbers that the answer uses. */
export function sourcesOf(turn: FinishedTurn, chat: Chat): FinishedTurn["citations"] {
  return chat.profile.peek().citations ? turn.citations : [];
}

function sourcesText(turn: FinishedTurn, chat: Chat): string {
  const label = chat.profile.peek().texts.sources ?? messagesOf(chat).peek().sources;
  const lines = sourcesOf(turn, chat).map(
    ({ id, title, url }) => `${id}. ${title}${url === null ? "" : `: ${url}`}`,
  );
  return lines.length > 0 ? `${label}\n\n${lines.join("\n")}` : "";
}
