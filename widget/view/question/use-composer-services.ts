/** Hook for the composer's services: the current page, notes of the tab, withdrawal of a question. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { report } from "../../conversation/contain.ts";
import { useChat, type ComposerServices } from "../chat-context.ts";

/** Null until loaded. Without them a draft lasts as long as the page, and no page is offered. */
export function useComposerServices(): ComposerServices | null {
  const chat = useChat();
  const services = useSignal<ComposerServices | null>(null);
  useEffect(() => {
    chat
      .composerServices()
      .then(
        (loaded) => (services.value = loaded),
        () => {},
      )
      .catch(report);
  }, []);
  return services.value;
}
