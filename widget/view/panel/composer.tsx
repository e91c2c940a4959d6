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

export function Composer() {
  const { conversation, texts, profile, draft } = useChat();
  const view = conversationView.state.value;
  const text = draft.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const growing = conversation.streaming.value !== null;
  const most = profile.value.longestPrompt;
  const isBusy = growing || conversation.restoring.value;
  // Counted as the proxy counts: an emoji is one character.
  const lengthOf = (words: string) => codePointsOf(words).length;
  const canAsk = (words: string) => !isBusy && lengthOf(words) <= most && words.trim() !== "";
  const { send, stop, question, placeholder } = texts.value;

  function take() {
    draft.value = field.current?.value ?? text;
  }

  function ask() {
    // What stands in the field counts, even where we failed to hear of it.
    const words = field.current?.value ?? text;
    // Not the other way round: what could not be asked is still in the field.
    if (!canAsk(words) || conversation.ask(words.trim())) return;
    // With fingers, the keyboard goes down to make room for the answer.
    if (field.current && isTouched(field.current)) field.current.blur();
    else field.current?.focus({ preventScroll: true });
    // After the blur, which takes what stands in the field.
    draft.value = "";
  }

  function onKeyDown(event: KeyboardEvent) {
    take();
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
          aria-invalid={lengthOf(text) > most}
          aria-describedby="count editing about disclosure"
          placeholder={profile.value.placeholder ?? placeholder}
          value={text}
          onInput={take}
          onKeyUp={take}
          onBlur={take}
          onKeyDown={onKeyDown}
        />
        {typeof view === "object" && <view.PageButton />}
        <button
          type={growing ? "button" : "submit"}
          part={growing ? "stop" : "send"}
          class="send"
          title={growing ? stop : send}
          aria-disabled={!growing && !canAsk(text)}
          onClick={(event) => {
            // Not left to the form: a sandboxed frame may have forms that never submit.
            event.preventDefault();
            if (!growing) ask();
            // The second click of a double click on "send" must not stop the answer it asked for.
            else if (event.detail < 2) conversation.stop();
          }}
        >
          <Icon drawing={growing ? icons.stop : icons.send} />
        </button>
      </div>
      <CharacterCount used={lengthOf(text)} most={most} />
      <Terms />
    </form>
  );
}
