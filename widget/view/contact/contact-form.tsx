/** Form for a message to the agent's owner, which the proxy passes on. */
import { signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { maxMessageLength } from "../../../proxy/protocol/contact.ts";
import type { VisitorProblem } from "../../conversation/types.ts";
import { useChat, type Chat } from "../chat-context.ts";
import type { ContactDraft } from "../chat-state.ts";
import { contactProblem } from "../problem/contact-problem-message.ts";
import { isTouched } from "../a11y/focus.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { useActionMessages } from "../actions/use-action-messages.ts";

type State = "writing" | "sending" | "sent" | VisitorProblem;

/** Stored in the chat, so that the draft outlives the sheet, which is easily closed by mistake. */
const draftOf = (chat: Chat): ContactDraft =>
  (chat.state.contactDraft ??= { message: signal(""), email: signal(""), attach: signal(false) });

/** Sends the draft, and holds the result. */
function useSending(chat: Chat, form: RefObject<HTMLFormElement | null>) {
  const state = useSignal<State>("writing");
  const { message, email, attach } = draftOf(chat);

  async function send() {
    const field = form.current?.querySelector("textarea");
    // Blank counts as empty, for which the browser has a message.
    if (field && message.value.trim() === "") field.value = message.value = "";
    if (state.peek() === "sending" || !form.current?.reportValidity()) return;
    state.value = "sending";
    const text = {
      message: message.value,
      attach: attach.value && chat.conversation.finished.peek().length > 0,
    };
    const address = email.value.trim();
    try {
      const client = await chat.contactClient();
      const problem = await client.write(address ? { ...text, email: address } : text);
      if (!problem) message.value = "";
      state.value = problem ?? "sent";
    } catch {
      state.value = { code: "unreachable" };
    }
  }

  return { state: state.value, send };
}

function Sent() {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => line.current?.focus({ preventScroll: true }), []);
  return (
    <p class="sent" tabIndex={-1} ref={line}>
      {useActionMessages().messageSent}
    </p>
  );
}

export function ContactForm() {
  const chat = useChat();
  const form = useRef<HTMLFormElement>(null);
  const texts = useActionMessages();
  const { state, send } = useSending(chat, form);
  if (state === "sent") return <Sent />;
  // Also called by the button's click: in a sandboxed frame forms may never submit.
  const submit = (event: Event) => {
    event.preventDefault();
    return send();
  };
  return (
    <form class="form" ref={form} onSubmit={submit}>
      <Fields />
      <p class="failed" role="alert">
        {typeof state === "object" && contactProblem(state, texts)}
      </p>
      <button type="submit" class="primary" aria-disabled={state === "sending"} onClick={submit}>
        {texts.sendMessage}
      </button>
    </form>
  );
}

function Fields() {
  const chat = useChat();
  const texts = useActionMessages();
  const { message, email, attach } = draftOf(chat);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (field.current && !isTouched(field.current)) field.current.focus({ preventScroll: true });
  }, []);

  return (
    <>
      <label class="form-row">
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
      <label class="form-row">
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
      {chat.conversation.finished.value.length > 0 && (
        <Checkbox label={texts.attachConversation} value={attach} />
      )}
    </>
  );
}
