/** Message of one side, with a hidden heading that names the side, for navigation by headings. */
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
