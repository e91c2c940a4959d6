/** A soft dot, and after a second the words for what is awaited. */

export function Waiting({ words }: { words: string }) {
  return (
    <p class="waiting" dir="auto">
      <span class="dot" />
      <span class="waiting-words">{words}</span>
    </p>
  );
}
