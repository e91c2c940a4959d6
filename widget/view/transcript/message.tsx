/** One side's contribution to a turn, under a heading for screen readers that says who speaks: one can walk by those. */
import type { ComponentChildren } from "preact";

type Props = { from: "visitor" | "agent"; label: string; children: ComponentChildren };

export function Message({ from, label, children }: Props) {
  return (
    <article part="message" class="message" data-from={from}>
      <h3 class="unseen">{label}</h3>
      {children}
    </article>
  );
}
