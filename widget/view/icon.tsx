/** The few pictograms, drawn as strokes on a 24 px grid. */

const drawings = {
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  down: "M12 5v14M5.5 12.5L12 19l6.5-6.5",
  copy: "M9 9h11v11H9zM15 5.5V4H4v11h1.5",
  done: "M4.5 12.5l5 5 10-11",
  good: "M7.5 20.5h-4v-10h4zM7.5 10.5l4-7a2.5 2.5 0 0 1 2.5 2.5v4h4.5a2 2 0 0 1 2 2.4l-1.2 6.5a2 2 0 0 1-2 1.6H7.5",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.300L19.5 9M19.5 4v5h-5",
} as const;

/** `bad` is `good` upside down; `stop` is no stroke but a filled square. */
export type IconName = keyof typeof drawings | "bad" | "stop";

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      {name === "stop" ? (
        <rect x="6" y="6" width="12" height="12" rx="2.5" />
      ) : (
        <path d={drawings[name === "bad" ? "good" : name]} />
      )}
    </svg>
  );
}
