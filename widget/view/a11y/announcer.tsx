/** Live regions that announce a turn's start, its answer, and problems to screen readers. */
import { useSignal, useSignalEffect, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { FinishedTurn } from "../../conversation/types.ts";
import type { ViewMessages } from "../../i18n/messages.ts";
import { useChat, type Chat } from "../chat-context.ts";
import { delay, nextFrame } from "../timing.ts";
import { problemMessage } from "../problem/problem-message.ts";
import { announcementOf } from "./announce.ts";
import { messagesOf } from "../use-messages.ts";

/** Longer texts are cut: few visitors listen to more, and the browser would lay out all of it twice. */
const maxTextLength = 20_000;

/** Time until an announcement is cleared (milliseconds); until then the reading cursor finds it. */
const clearAfterMs = 8000;

/** The visible text of an answer. */
function textOf(answer: HTMLElement | undefined): string {
  const all = answer?.textContent ?? "";
  return all.length > maxTextLength ? all.slice(0, maxTextLength) : (answer?.innerText ?? "");
}

/** The target of a link is announced at the link, not when the whole answer is read out. */
const withoutLinkHints = (text: string, { opensInNewTab, onThisPage }: ViewMessages): string =>
  [opensInNewTab, onThisPage].reduce(
    (rest, hint) =>
      rest
        .split(hint)
        .map((part) => part.trimEnd())
        .join(""),
    text,
  );

/** The end of a turn as polite and as assertive text: only a problem interrupts. */
function endOf(turn: FinishedTurn, answer: HTMLElement | undefined, chat: Chat, texts: ViewMessages) {
  if (turn.problem) return ["", problemMessage(turn.problem, chat.profile.peek(), texts)];
  if (turn.end === "stopped") return [texts.stopped];
  return [`${texts.agentAnswered} ${withoutLinkHints(textOf(answer), texts)}`];
}

const joined = (words: readonly (string | undefined)[]) => words.filter(Boolean).join(" ");

/** Announces the start and the end of turns. */
function useTurns(
  chat: Chat,
  here: RefObject<HTMLElement | null>,
  calmly: Signal<string>,
  atOnce: Signal<string>,
) {
  const awaited = useRef<string | undefined>(undefined);
  const checks = useSignal(0);
  const streaming = chat.conversation.streaming.value;
  const finished = chat.conversation.finished.value;
  const open = chat.open.value;

  // After rendering, so that the text of a finished answer can be read from the transcript.
  useEffect(() => {
    // Screen readers skip what is hidden: it is announced when the panel opens.
    if (!open) return undefined;
    // Stored in the chat: a turn is announced once, even if the view is mounted again.
    const ids = (chat.state.announced ??= new Set());
    const texts = messagesOf(chat).peek();
    const isNew = streaming && streaming.id !== awaited.current;
    // A retried turn keeps its id and ends a second time.
    if (isNew) ids.delete(streaming.id);
    const ended = finished.filter(
      (turn) => (turn.isNews || turn.id === awaited.current) && !ids.has(turn.id),
    );
    const answers = [...(here.current?.parentElement?.querySelectorAll<HTMLElement>("[part=answer]") ?? [])];
    // At first only the latest turns are rendered, in order.
    const renderedOf = (turn: FinishedTurn) =>
      answers[answers.length + finished.indexOf(turn) - finished.length - (streaming ? 1 : 0)];
    if (ended.some((turn) => renderedOf(turn)?.querySelector(".answer-text[aria-busy]")))
      return nextFrame(() => void checks.value++);
    if (isNew || ended.length > 0) {
      const ends = ended.map((turn) => endOf(turn, renderedOf(turn), chat, texts));
      const coming = isNew ? (chat.profile.peek().texts.thinking ?? texts.thinking) : "";
      calmly.value = joined([...ends.map(([polite]) => polite), coming]);
      atOnce.value = joined(ends.map(([, assertive]) => assertive));
      awaited.current = streaming?.id;
      for (const { id } of ended) ids.add(id);
    } else if (!streaming && finished.length === 0) calmly.value = "";
    return undefined;
  }, [streaming, finished, open, checks.value]);
}

export function Announcer() {
  const chat = useChat();
  const calmly = announcementOf(chat);
  const atOnce = useSignal("");
  const here = useRef<HTMLDivElement>(null);
  const problem = chat.conversation.problem.value;
  const waits = chat.conversation.streaming.value?.phase.value === "offline";

  useTurns(chat, here, calmly, atOnce);

  useEffect(() => {
    if (waits) calmly.value = messagesOf(chat).peek().waitsForNetwork;
  }, [waits]);

  useEffect(() => {
    if (problem) atOnce.value = problemMessage(problem, chat.profile.peek(), messagesOf(chat).peek());
  }, [problem]);

  useSignalEffect(() => {
    if (!calmly.value && !atOnce.value) return undefined;
    return delay(clearAfterMs, () => {
      calmly.value = atOnce.value = "";
    });
  });

  // Rendered as strings: a signal as a child writes its text twice, and a screen reader may read it twice.
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
