/** Tells screen readers what happens: that an answer is coming, then all of it at once, and what went wrong. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Texts } from "../text/texts.ts";
import { useChat } from "./chat-context.ts";
import { later } from "./later.ts";
import { problemWords } from "./problem-words.ts";
import { spokenIn } from "./spoken.ts";
import { allTexts } from "./use-texts.ts";

/** Nobody listens to more; and the browser would have to lay all of it out twice. */
const longestSaid = 20_000;

/** What can be read of an answer. */
function wordsOf(answer: HTMLElement | undefined): string {
  const all = answer?.textContent ?? "";
  return all.length > longestSaid ? all.slice(0, longestSaid) : (answer?.innerText ?? "");
}

/** How long an announcement stays to be found by reading on, in milliseconds. */
const kept = 8000;

/** The words alone: where a link opens is of use to who comes to the link, and in the way of who listens. */
function withoutAsides(words: string, { opensInNewTab, onThisPage }: Texts): string {
  const leaveOut = (all: string, aside: string) =>
    all
      .split(aside)
      .map((part) => part.trimEnd())
      .join("");
  return [opensInNewTab, onThisPage].reduce(leaveOut, words);
}

export function Announcer() {
  const chat = useChat();
  const { conversation } = chat;
  const calmly = spokenIn(chat);
  const atOnce = useSignal("");
  const awaited = useRef<string | null>(null);
  const here = useRef<HTMLDivElement>(null);
  const growing = conversation.growing.value;
  const settled = conversation.settled.value;
  const problem = conversation.problem.value;

  // An effect of drawing, so that a finished answer stands in the transcript and can be taken from there.
  useEffect(() => {
    const texts = allTexts(chat.texts.peek());
    const ended = settled.find((turn) => turn.id === awaited.current);
    if (growing && growing.id !== awaited.current) {
      awaited.current = growing.id;
      atOnce.value = "";
      calmly.value = chat.face.peek().texts.thinking ?? texts.thinking;
    } else if (!growing && ended) {
      awaited.current = null;
      const answers = here.current?.parentElement?.querySelectorAll<HTMLElement>("[part=answer]");
      if (ended.problem) {
        calmly.value = "";
        atOnce.value = problemWords(ended.problem, chat.face.peek(), texts);
      } else if (ended.end === "stopped") calmly.value = texts.stopped;
      else
        calmly.value = `${texts.agentAnswered} ${withoutAsides(wordsOf([...(answers ?? [])].at(-1)), texts)}`;
    } else if (!growing && settled.length === 0) calmly.value = "";
  }, [growing, settled]);

  const waits = growing?.phase.value === "offline";
  useEffect(() => {
    if (waits) calmly.value = allTexts(chat.texts.peek()).waitsForNetwork;
  }, [waits]);

  useEffect(() => {
    if (problem) atOnce.value = problemWords(problem, chat.face.peek(), allTexts(chat.texts.peek()));
  }, [problem]);

  useSignalEffect(() => {
    const silent = calmly.value === "" && atOnce.value === "";
    return silent
      ? undefined
      : later(kept, () => {
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
