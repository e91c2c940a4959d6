/** Loading indicator: a pulsing dot, and after a second a text. */

export function Loading({ text }: { text: string }) {
  return (
    <p class="loading" dir="auto">
      <span class="dot" />
      <span class="loading-text">{text}</span>
    </p>
  );
}
