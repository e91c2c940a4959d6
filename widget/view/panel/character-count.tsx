/** Count of the characters that remain for a question, shown near its limit. */
import { useChat } from "../chat-context.ts";

/** Number of remaining characters from which the count is shown. */
const near = 100;

export function CharacterCount({ used, max }: { used: number; max: number }) {
  const texts = useChat().texts.value;
  const remaining = max - used;
  return (
    <p id="count" class="count" data-over={remaining < 0}>
      {remaining < 0
        ? texts.charactersTooMany(-remaining)
        : remaining <= near && used > 0
          ? texts.charactersLeft(remaining)
          : null}
    </p>
  );
}
