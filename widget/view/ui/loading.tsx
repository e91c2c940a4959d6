/** A soft dot, and after a second the words for what is awaited. */

export function Loading({ text }: { text: string }) {
  return (
    <p class="waiting" dir="auto">
      <span class="dot" />
      <span class="waiting-words">{text}</span>
    </p>
  );
}
