/** Welcome shown before the first question: greeting, disclosure, and starters. */
import { useChat } from "../chat-context.ts";
import { Starters } from "./starters.tsx";

export function Welcome() {
  const { profile, texts } = useChat();
  const disclosure = profile.value.texts.disclosure ?? texts.value.disclosure;
  return (
    <div class="empty">
      <p class="welcome" dir="auto">
        {texts.value.welcome}
      </p>
      {disclosure && (
        <p id="disclosure" class="disclosure" dir="auto">
          {disclosure}
        </p>
      )}
      <Starters />
    </div>
  );
}
