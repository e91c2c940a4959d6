/** Services of the composer: the page the visitor is on, notes for the tab, taking a question back. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { report } from "../../conversation/contain.ts";
import { useChat, type ComposerServices } from "../chat-context.ts";

/** Null until they are loaded. Without them a draft lives as long as the page, and no page is offered. */
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
