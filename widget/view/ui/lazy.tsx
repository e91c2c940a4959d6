/** Lazy component: its file is fetched when it is first rendered. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Notice } from "./notice.tsx";
import { useMessages } from "../use-messages.ts";
import { Loading } from "./loading.tsx";

/** `load` fetches the component; after a failure the visitor can retry. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const state = signal<{ part: ComponentType<Props> } | "loading" | "failed">("loading");

  async function fetchPart() {
    state.value = "loading";
    const part = await load();
    state.value = part ? { part } : "failed";
  }

  const attempt = () =>
    fetchPart().catch(() => {
      state.value = "failed";
    });

  return function Lazy(props: Props) {
    const texts = useMessages();
    const now = state.value;
    useEffect(() => {
      if (typeof now === "string") void attempt();
    }, []);
    if (now === "loading") return <Loading text="" />;
    if (now === "failed")
      return <Notice text={texts.unreachable} action={{ label: texts.retry, run: attempt }} />;
    return <now.part {...props} />;
  };
}
