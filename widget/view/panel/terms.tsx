/** Owner's terms under the composer: a text, or a link if it is an address. */
import { useChat } from "../chat-context.ts";

export function Terms() {
  const { profile, texts } = useChat();
  const terms = profile.value.texts.terms?.trim();
  if (!terms) return null;
  return (
    <p class="terms" dir="auto">
      {/^https?:\/\/\S+$/i.test(terms) ? (
        <a href={terms} target="_blank" rel="noopener noreferrer">
          {texts.value.terms} <span class="unseen">{texts.value.opensInNewTab}</span>
        </a>
      ) : (
        terms
      )}
    </p>
  );
}
