/** Code or a table that may be wider than the panel; once one is rendered, the extras are fetched. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { extras, loadExtras } from "./load-extras.ts";

type Props = {
  tag: "div" | "pre";
  /** Its accessible name when it can be scrolled. */
  label: string;
  class?: string;
  dir?: "ltr" | "rtl";
  children: ComponentChildren;
};

export function WideBlock({ tag: Tag, label, ...props }: Props) {
  const frame = useRef<HTMLDivElement & HTMLPreElement>(null);
  const file = extras.value;
  useEffect(() => {
    // Without the extras it can be scrolled by pointer and touch.
    loadExtras().catch(() => {});
  }, []);
  useLayoutEffect(
    () => (file && frame.current ? file.watchWidth(frame.current, label) : undefined),
    [file, label],
  );
  return <Tag ref={frame} {...props} />;
}
