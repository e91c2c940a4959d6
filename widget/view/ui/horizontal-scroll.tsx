/** A table or code that may be wider than the panel; where it is, it can be scrolled by keyboard and says so. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type Props = { tag: "div" | "pre"; label: string; dir?: "ltr" | "rtl"; children: ComponentChildren };

export function HorizontalScroll({ tag, label, dir, children }: Props) {
  const wide = useSignal(false);
  const table = useRef<HTMLDivElement>(null);
  const code = useRef<HTMLPreElement>(null);

  useLayoutEffect(() => {
    const frame = table.current ?? code.current;
    const content = frame?.firstElementChild;
    if (!frame || !content) return undefined;
    const observer = new ResizeObserver(() => {
      wide.value = frame.scrollWidth > frame.clientWidth;
    });
    observer.observe(frame);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  // A group, for no landmark may repeat another's.
  const reached = wide.value && ({ role: "group", "aria-label": label, tabIndex: 0 } as const);
  return tag === "div" ? (
    <div class="table" ref={table} {...(dir && { dir })} {...reached}>
      {children}
    </div>
  ) : (
    <pre ref={code} {...reached}>
      {children}
    </pre>
  );
}
