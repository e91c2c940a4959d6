/** Starters: suggested questions, asked when pressed. */
import { useChat } from "../chat-context.ts";
import { focusPanel } from "../a11y/focus.ts";

export function Starters() {
  const { conversation, profile, starters, texts } = useChat();
  if (starters.value.length === 0) return null;
  return (
    <>
      <p class="label">{profile.value.texts.tryAsking ?? texts.value.tryAsking}</p>
      <ul class="starters">
        {starters.value.map((starter) => (
          <li key={starter}>
            <button
              type="button"
              part="starter"
              class="starter"
              dir="auto"
              onClick={(event) => {
                focusPanel(event.currentTarget);
                conversation.ask(starter);
              }}
            >
              {starter}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
