/** Form that asks, after a thumb down, what was wrong with an answer; the visitor may skip it. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { badReasons, maxMessageLength, type BadReason } from "../../../proxy/protocol/contact.ts";
import type { FinishedTurn, VisitorProblem } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { contactProblem } from "../problem/contact-problem-message.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { icons } from "../ui/icons.ts";
import { isInputMethodKey } from "../panel/input-method.ts";
import { useMessages } from "../use-messages.ts";

type Props = { turn: FinishedTurn; close: () => void };

export function FeedbackForm({ turn, close }: Props) {
  const chat = useChat();
  const texts = useMessages();
  const reason = useSignal<BadReason | null>(null);
  const words = useSignal("");
  const state = useSignal<"asking" | "sending" | "sent" | VisitorProblem>("asking");
  const sent = useRef<HTMLParagraphElement>(null);
  const now = state.value;
  const said = { reason: reason.value, words: words.value.trim() };
  const isEmpty = said.reason === null && said.words === "";
  const name = `why-${turn.id}`;

  useEffect(() => {
    if (now === "sent") sent.current?.focus({ preventScroll: true });
  }, [now]);

  async function send() {
    if (isEmpty || state.peek() === "sending") return;
    state.value = "sending";
    try {
      const hands = await chat.contactClient();
      const problem = await hands.explain(turn, {
        ...(said.reason && { reason: said.reason }),
        ...(said.words && { words: said.words }),
      });
      state.value = problem ?? "sent";
    } catch {
      state.value = { code: "unreachable" };
    }
  }

  /** The focus goes back to the thumb. */
  function dismiss(near: Element) {
    const thumb = near.closest("[part=message]")?.querySelector("[part=feedback] [aria-pressed=true]");
    close();
    if (thumb instanceof HTMLElement) thumb.focus({ preventScroll: true });
  }

  if (now === "sent")
    return (
      <p class="why sent" tabIndex={-1} ref={sent}>
        {texts.reasonSent}
      </p>
    );
  return (
    // Keys are only listened to, for Escape.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      class="why form"
      aria-labelledby={name}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isInputMethodKey(event)) return;
        event.preventDefault();
        dismiss(event.currentTarget);
      }}
    >
      <div class="why-head">
        <p id={name}>{texts.whyBad}</p>
        <IconButton
          icon={icons.close}
          label={texts.dismiss}
          onClick={(event) => dismiss(event.currentTarget)}
        />
      </div>
      <div class="choices">
        {badReasons.map((each) => (
          <button
            key={each}
            type="button"
            class="choice"
            aria-pressed={reason.value === each}
            onClick={() => {
              reason.value = reason.value === each ? null : each;
            }}
          >
            {texts.reasons[each]}
          </button>
        ))}
      </div>
      <label class="labelled">
        {texts.otherReason}
        <input
          class="text-field"
          maxLength={maxMessageLength}
          dir="auto"
          value={words.value}
          onInput={(event) => {
            words.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !isInputMethodKey(event)) return send();
            return undefined;
          }}
        />
      </label>
      <p class="failed" role="alert">
        {typeof now === "object" && contactProblem(now, texts)}
      </p>
      <button
        type="button"
        class="remedy"
        aria-disabled={isEmpty || now === "sending"}
        onClick={() => send()}
      >
        {texts.sendReason}
      </button>
    </fieldset>
  );
}
