/** A short message to the agent's owner, sent through the proxy. */
import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { maxMessageLength } from "../../../proxy/protocol/contact.ts";
import type { VisitorProblem } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { contactProblem } from "../problem/contact-problem-message.ts";
import { isTouched } from "../a11y/focus.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { useMessages } from "../use-messages.ts";

type State = "writing" | "sending" | "sent" | VisitorProblem;

export function ContactForm() {
  const chat = useChat();
  const texts = useMessages();
  const state = useSignal<State>("writing");
  // Outlives the sheet, which is easily closed by mistake.
  const { message, email, attach } = (chat.state.contactDraft ??= {
    message: signal(""),
    email: signal(""),
    attach: signal(false),
  });
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const sent = useRef<HTMLParagraphElement>(null);
  const begun = chat.conversation.finished.value.length > 0;
  const now = state.value;

  useEffect(() => {
    if (field.current && !isTouched(field.current)) field.current.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (now === "sent") sent.current?.focus({ preventScroll: true });
  }, [now]);

  async function send() {
    // Blank is as good as empty, and the browser has words for that.
    if (field.current && message.value.trim() === "") field.current.value = message.value = "";
    if (state.peek() === "sending" || !form.current?.reportValidity()) return;
    state.value = "sending";
    const words = { message: message.value, attach: begun && attach.value };
    const from = email.value.trim();
    try {
      const hands = await chat.contactClient();
      const problem = await hands.write(from ? { ...words, email: from } : words);
      if (!problem) message.value = "";
      state.value = problem ?? "sent";
    } catch {
      state.value = { code: "unreachable" };
    }
  }

  if (now === "sent")
    return (
      <p class="sent" tabIndex={-1} ref={sent}>
        {texts.messageSent}
      </p>
    );
  return (
    <form
      class="form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        return send();
      }}
    >
      <label class="labelled">
        {texts.contactMessage}
        <textarea
          class="text-field"
          ref={field}
          rows={5}
          required
          maxLength={maxMessageLength}
          dir="auto"
          value={message.value}
          onInput={(event) => {
            message.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="labelled">
        {texts.contactAddress}
        <input
          class="text-field"
          type="email"
          autocomplete="email"
          maxLength={254}
          dir="ltr"
          value={email.value}
          onInput={(event) => {
            email.value = event.currentTarget.value;
          }}
        />
      </label>
      {begun && <Checkbox label={texts.attachConversation} value={attach} />}
      <p class="failed" role="alert">
        {typeof now === "object" && contactProblem(now, texts)}
      </p>
      <button
        type="submit"
        class="primary"
        aria-disabled={now === "sending"}
        onClick={(event) => {
          // Not left to the form: a sandboxed frame may have forms that never submit.
          event.preventDefault();
          return send();
        }}
      >
        {texts.sendMessage}
      </button>
    </form>
  );
}
