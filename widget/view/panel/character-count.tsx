/** Says, when the limit comes near, how many characters a question may still have. */
import { useChat } from "../chat-context.ts";

/** From how many characters left on one is told. */
const near = 100;

export function CharacterCount({ used, most }: { used: number; most: number }) {
  const texts = useChat().texts.value;
  const left = most - used;
  return (
    <p id="count" class="count" data-over={left < 0}>
      {left < 0
        ? texts.charactersTooMany(-left)
        : left <= near && used > 0
          ? texts.charactersLeft(left)
          : null}
    </p>
  );
}
