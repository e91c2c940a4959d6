/** Loading indicator: a pulsing dot, and after a second a text. */

export function Loading({ text }: { text: string }) {
  return (
    <p class="waiting" dir="auto">
      <span class="dot" />
      <span class="waiting-words">{text}</span>
    </p>
  );
}
