/** Form that asks after a thumb down what was wrong with the answer. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { badReasons, maxMessageLength, type BadReason } from "../../../proxy/protocol/contact.ts";
import type { FinishedTurn, VisitorProblem } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { contactProblem } from "../problem/contact-problem-message.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { icons } from "../ui/icons.ts";
import { isInputMethodKey } from "../panel/input-method.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";

type State = "asking" | "sending" | "sent" | VisitorProblem;

type Props = { turn: FinishedTurn; close: () => void };

/** Sends a reason, a text or both, and holds the result. */
function useSending(turn: FinishedTurn, reason: BadReason | null, words: string) {
  const chat = useChat();
  const state = useSignal<State>("asking");
  const isEmpty = !reason && !words;

  async function send() {
    if (isEmpty || state.peek() === "sending") return;
    state.value = "sending";
    try {
      const client = await chat.contactClient();
      const problem = await client.explain(turn, { ...(reason && { reason }), ...(words && { words }) });
      state.value = problem ?? "sent";
    } catch {
      state.value = { code: "unreachable" };
    }
  }

  return { state: state.value, send, disabled: isEmpty || state.value === "sending" };
}

function Sent() {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => line.current?.focus({ preventScroll: true }), []);
  return (
    <p class="feedback-form sent" tabIndex={-1} ref={line}>
      {useActionMessages().reasonSent}
    </p>
  );
}

function Reasons({ chosen }: { chosen: Signal<BadReason | null> }) {
  const { reasons } = useActionMessages();
  return (
    <div class="choices">
      {badReasons.map((each) => (
        <button
          key={each}
          type="button"
          class="choice"
          aria-pressed={chosen.value === each}
          onClick={() => {
            chosen.value = chosen.value === each ? null : each;
          }}
        >
          {reasons[each]}
        </button>
      ))}
    </div>
  );
}

export function FeedbackForm({ turn, close }: Props) {
  const texts = useActionMessages();
  const reason = useSignal<BadReason | null>(null);
  const words = useSignal("");
  const { state, send, disabled } = useSending(turn, reason.value, words.value.trim());
  const name = `why-${turn.id}`;

  /** Moves the focus back to the thumb. */
  function dismiss(near: Element) {
    const thumb = near.closest("[part=message]")?.querySelector("[part=feedback] [aria-pressed=true]");
    close();
    if (thumb instanceof HTMLElement) thumb.focus({ preventScroll: true });
  }

  if (state === "sent") return <Sent />;
  return (
    // Keys are only listened to, for Escape.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      class="feedback-form form"
      aria-labelledby={name}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isInputMethodKey(event)) return;
        event.preventDefault();
        dismiss(event.currentTarget);
      }}
    >
      <div class="feedback-head">
        <p id={name}>{texts.whyBad}</p>
        <IconButton
          icon={icons.close}
          label={texts.dismiss}
          onClick={(event) => dismiss(event.currentTarget)}
        />
      </div>
      <Reasons chosen={reason} />
      <label class="form-row">
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
        {typeof state === "object" && contactProblem(state, texts)}
      </p>
      <button type="button" class="secondary" aria-disabled={disabled} onClick={() => send()}>
        {texts.sendReason}
      </button>
    </fieldset>
  );
}
