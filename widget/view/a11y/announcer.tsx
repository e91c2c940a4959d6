/** Live regions that tell screen readers about a turn's start, its answer, and problems. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useReducer, useRef } from "preact/hooks";
import type { FinishedTurn } from "../../conversation/types.ts";
import type { Messages } from "../../i18n/messages.ts";
import { useChat, type Chat } from "../chat-context.ts";
import { delay } from "../delay.ts";
import { problemMessage } from "../problem/problem-message.ts";
import { nextFrame } from "../next-frame.ts";
import { announcementOf } from "./announce.ts";
import { messagesOf } from "../use-messages.ts";

/** Nobody listens to more; and the browser would have to lay all of it out twice. */
const maxTextLength = 20_000;

/** How long an announcement stays to be found by reading on, in milliseconds. */
const keptMs = 8000;

/** What can be read of an answer. */
function textOf(answer: HTMLElement | undefined): string {
  const all = answer?.textContent ?? "";
  return all.length > maxTextLength ? all.slice(0, maxTextLength) : (answer?.innerText ?? "");
}

/** The words alone: where a link opens is of use to who comes to the link, and in the way of who listens. */
function withoutLinkHints(words: string, { opensInNewTab, onThisPage }: Messages): string {
  const leaveOut = (all: string, aside: string) =>
    all
      .split(aside)
      .map((part) => part.trimEnd())
      .join("");
  return [opensInNewTab, onThisPage].reduce(leaveOut, words);
}

/** The end of a turn in words; those of a problem do not wait for a pause. */
function endOf(turn: FinishedTurn, answer: HTMLElement | undefined, chat: Chat, texts: Messages) {
  if (turn.problem) return { calm: "", urgent: problemMessage(turn.problem, chat.profile.peek(), texts) };
  if (turn.end === "stopped") return { calm: texts.stopped, urgent: "" };
  return { calm: `${texts.agentAnswered} ${withoutLinkHints(textOf(answer), texts)}`, urgent: "" };
}

const joined = (words: readonly string[]) => words.filter(Boolean).join(" ");

export function Announcer() {
  const chat = useChat();
  const { conversation } = chat;
  const calmly = announcementOf(chat);
  const atOnce = useSignal("");
  const awaited = useRef<string | null>(null);
  const here = useRef<HTMLDivElement>(null);
  const [checks, checkAgain] = useReducer((times: number) => times + 1, 0);
  const growing = conversation.streaming.value;
  const settled = conversation.finished.value;
  const problem = conversation.problem.value;
  const open = chat.open.value;

  // An effect of drawing, so that a finished answer stands in the transcript and can be taken from there.
  useEffect(() => {
    // What is hidden is not heard: it is told when the panel is opened.
    if (!open) return undefined;
    // Kept with the chat: what was announced is not announced again after a new mount.
    const ids = (chat.state.announced ??= new Set());
    const texts = messagesOf(chat).peek();
    const isNew = growing !== null && growing.id !== awaited.current;
    // Asked again under the same name, it will end again.
    if (isNew) ids.delete(growing.id);
    const ended = settled.filter((turn) => (turn.isNews || turn.id === awaited.current) && !ids.has(turn.id));
    const answers = [...(here.current?.parentElement?.querySelectorAll<HTMLElement>("[part=answer]") ?? [])];
    // Only the latest turns are drawn at first, in the order of all.
    const renderedOf = (turn: FinishedTurn) =>
      answers[answers.length + settled.indexOf(turn) - settled.length - (growing ? 1 : 0)];
    if (ended.some((turn) => renderedOf(turn)?.querySelector(".answer-text[aria-busy]")))
      return nextFrame(() => checkAgain(undefined));
    if (isNew || ended.length > 0) {
      const ends = ended.map((turn) => endOf(turn, renderedOf(turn), chat, texts));
      const coming = isNew ? (chat.profile.peek().texts.thinking ?? texts.thinking) : "";
      calmly.value = joined([...ends.map(({ calm }) => calm), coming]);
      atOnce.value = joined(ends.map(({ urgent }) => urgent));
      awaited.current = growing?.id ?? null;
      for (const { id } of ended) ids.add(id);
    } else if (!growing && settled.length === 0) calmly.value = "";
    return undefined;
  }, [growing, settled, open, checks]);

  const waits = growing?.phase.value === "offline";
  useEffect(() => {
    if (waits) calmly.value = messagesOf(chat).peek().waitsForNetwork;
  }, [waits]);

  useEffect(() => {
    if (problem) atOnce.value = problemMessage(problem, chat.profile.peek(), messagesOf(chat).peek());
  }, [problem]);

  useSignalEffect(() => {
    const silent = calmly.value === "" && atOnce.value === "";
    return silent
      ? undefined
      : delay(keptMs, () => {
          calmly.value = "";
          atOnce.value = "";
        });
  });

  // Drawn by value: a signal put there as it is writes its text twice, and a screen reader may say it twice.
  return (
    <>
      <div class="unseen" aria-live="polite" ref={here}>
        {calmly.value}
      </div>
      <div class="unseen" aria-live="assertive">
        {atOnce.value}
      </div>
    </>
  );
}
