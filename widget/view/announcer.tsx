/** Tells screen readers what happens: that an answer is coming, then all of it at once, and what went wrong. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat, type Chat } from "./chat-context.ts";
import { later } from "./later.ts";
import { problemWords } from "./problem-words.ts";
import { spokenAnswer } from "./spoken-answer.ts";

/** How long an announcement stays to be found by reading on, in milliseconds. */
const kept = 8000;

export function Announcer() {
  const chat = useChat();
  const { conversation } = chat;
  const calmly = useSignal("");
  const atOnce = useSignal("");
  const awaited = useRef<string | null>(null);

  useSignalEffect(() => {
    const growing = conversation.growing.value;
    const ended = conversation.settled.value.find((turn) => turn.id === awaited.current);
    if (growing && growing.id !== awaited.current) {
      awaited.current = growing.id;
      atOnce.value = "";
      calmly.value = chat.face.peek().texts.thinking ?? chat.texts.peek().thinking;
    } else if (!growing && ended) {
      awaited.current = null;
      (ended.end === "failed" ? atOnce : calmly).value = wordsFor(ended, chat);
    }
  });

  useSignalEffect(() => {
    const problem = conversation.problem.value;
    if (problem) atOnce.value = problemWords(problem, chat.face.peek(), chat.texts.peek());
  });

  useSignalEffect(() => {
    const silent = calmly.value === "" && atOnce.value === "";
    return silent
      ? undefined
      : later(kept, () => {
          calmly.value = "";
          atOnce.value = "";
        });
  });

  return (
    <>
      <div class="unseen" aria-live="polite">
        {calmly}
      </div>
      <div class="unseen" aria-live="assertive">
        {atOnce}
      </div>
    </>
  );
}

function wordsFor(turn: SettledTurn, chat: Chat): string {
  const texts = chat.texts.peek();
  if (turn.end === "stopped") return texts.stopped;
  if (turn.problem) return problemWords(turn.problem, chat.face.peek(), texts);
  return `${texts.agentAnswered} ${spokenAnswer(turn.answer)}`;
}
