/** Composer: the field, the send button, and the stop button. */
import { useRef } from "preact/hooks";
import { codePointsOf } from "../../builtins/code-points.ts";
import { useChat } from "../chat-context.ts";
import { CharacterCount } from "./character-count.tsx";
import { isTouched } from "../a11y/focus.ts";
import { Icon } from "../ui/icon.tsx";
import { icons } from "../ui/icons.ts";
import { isInputMethodKey } from "./input-method.ts";
import { conversationView } from "./load-conversation.ts";
import { Terms } from "./terms.tsx";

/** Sends the question; stops the answer while one streams. */
function SendButton({ disabled, ask }: { disabled: boolean; ask: () => void }) {
  const { conversation, texts } = useChat();
  const streaming = conversation.streaming.value !== null;
  const action = streaming ? "stop" : "send";
  return (
    <button
      type={streaming ? "button" : "submit"}
      part={action}
      class="send"
      title={texts.value[action]}
      aria-disabled={!streaming && disabled}
      onClick={(event) => {
        // Not left to the form: in a sandboxed frame forms may never submit.
        event.preventDefault();
        if (!streaming) ask();
        // The second click of a double click on "send" must not stop the answer it asked for.
        else if (event.detail < 2) conversation.stop();
      }}
    >
      <Icon path={icons[action]} />
    </button>
  );
}

export function Composer() {
  const { conversation, texts, profile, draft } = useChat();
  const view = conversationView.state.value;
  const text = draft.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const max = profile.value.longestPrompt;
  const isBusy = conversation.streaming.value !== null || conversation.restoring.value;
  // Code points, as the proxy counts: an emoji is one character.
  const lengthOf = (words: string) => codePointsOf(words).length;
  const canAsk = (words: string) => !isBusy && lengthOf(words) <= max && words.trim() !== "";
  const { question, placeholder } = texts.value;

  const saveDraft = () => (draft.value = field.current?.value ?? text);

  function ask() {
    // The field's own text counts, even if an event was missed.
    const question = saveDraft();
    // A question that was not accepted stays in the field.
    if (!canAsk(question) || conversation.ask(question.trim())) return;
    // On a touch screen the keyboard closes, to make room for the answer.
    if (field.current && isTouched(field.current)) field.current.blur();
    else field.current?.focus({ preventScroll: true });
    // After the blur, which saves the field's text as draft.
    draft.value = "";
  }

  function onKeyDown(event: KeyboardEvent) {
    saveDraft();
    if (event.key !== "Enter" || event.shiftKey || isInputMethodKey(event)) return;
    event.preventDefault();
    ask();
  }

  return (
    <form
      part="composer"
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <div class="field" data-draft={text}>
        <textarea
          part="input"
          class="input"
          ref={field}
          rows={1}
          {...(text && { dir: "auto" })}
          enterkeyhint="send"
          aria-label={question}
          aria-invalid={lengthOf(text) > max}
          aria-describedby="count editing about disclosure"
          placeholder={profile.value.placeholder ?? placeholder}
          value={text}
          onInput={saveDraft}
          onKeyUp={saveDraft}
          onBlur={saveDraft}
          onKeyDown={onKeyDown}
        />
        {typeof view === "object" && <view.PageContextButton />}
        <SendButton disabled={!canAsk(text)} ask={ask} />
      </div>
      <CharacterCount used={lengthOf(text)} max={max} />
      <Terms />
    </form>
  );
}
