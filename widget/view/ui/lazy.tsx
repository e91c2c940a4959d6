/** A part of the view that comes in a file of its own, fetched when it is first drawn. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Notice } from "./notice.tsx";
import { useTexts } from "../use-messages.ts";
import { Waiting } from "./loading.tsx";

/** `load` fetches it; after a failure the visitor can have it tried again. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const state = signal<{ part: ComponentType<Props> } | "coming" | "missing">("coming");

  async function fetchPart() {
    state.value = "coming";
    const part = await load();
    state.value = part ? { part } : "missing";
  }

  const bring = () =>
    fetchPart().catch(() => {
      state.value = "missing";
    });

  return function Lazy(props: Props) {
    const texts = useTexts();
    const now = state.value;
    useEffect(() => {
      if (typeof now === "string") void bring();
    }, []);
    if (now === "coming") return <Waiting words="" />;
    if (now === "missing")
      return <Notice words={texts.unreachable} remedy={{ label: texts.retry, act: bring }} />;
    return <now.part {...props} />;
  };
}
