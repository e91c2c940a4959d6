/** One side's contribution to a turn, introduced to screen readers by who says it. */
import type { ComponentChildren } from "preact";

type Props = { from: "visitor" | "agent"; label: string; children: ComponentChildren };

export function Message({ from, label, children }: Props) {
  return (
    <article part="message" class="message" data-from={from}>
      <span class="unseen">{label}</span>
      {children}
    </article>
  );
}
