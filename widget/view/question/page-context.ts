/** Page context of questions: the owner's option, and the visitor's choice on this page. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Page } from "../../../proxy/protocol/bodies.ts";
import { lazyOptions } from "../../options/lazy-options.ts";
import { useChat, type ComposerServices, type Chat } from "../chat-context.ts";
import type { PageChoice } from "../chat-state.ts";

const choiceIn = (chat: Chat): PageChoice =>
  (chat.state.pageChoice ??= { here: signal(null), chosen: signal(null) });

const optionOf = (chat: Chat) => chat.option(lazyOptions, "page");

/** The page, if the visitor may be offered to add it. */
export function pageOffered(chat: Chat): Page | null {
  const here = choiceIn(chat).here.value;
  return here?.url && optionOf(chat) !== "off" ? here : null;
}

/** Sets the visitor's choice for the current page. */
export function choosePage(chat: Chat, used: boolean): void {
  const { here, chosen } = choiceIn(chat);
  if (here.value) chosen.value = { url: here.value.url, used };
}

/** The page that is sent with the next question. */
function pageChosen(chat: Chat): Page | null {
  const page = pageOffered(chat);
  const chosen = choiceIn(chat).chosen.value;
  const used = page && chosen?.url === page.url ? chosen.used : optionOf(chat) === "on";
  return used ? page : null;
}

const noted = "page";

/** Watches the page and updates the page context. `services` is null until loaded. */
export function usePageContext(services: ComposerServices | null): void {
  const chat = useChat();
  const { here, chosen } = choiceIn(chat);
  const { finished, streaming, restoring } = chat.conversation;
  const hasStarted = finished.value.length > 0 || streaming.value !== null || restoring.value;
  const page = pageChosen(chat);

  useEffect(() => {
    if (!services) return undefined;
    const [used, ...url] = services.note(noted);
    if (used) chosen.value ??= { url: url.join(""), used: used === "+" };
    return services.followPage((next) => (here.value = next));
  }, [services]);

  // The choice ends with the conversation.
  useEffect(
    () => () => {
      if (hasStarted) chosen.value = null;
    },
    [hasStarted],
  );

  useEffect(() => {
    chat.pageContext.value = page;
    const { value } = chosen;
    services?.note(noted, value ? `${value.used ? "+" : "-"}${value.url}` : "");
  }, [services, page, hasStarted, chosen.value]);
}
