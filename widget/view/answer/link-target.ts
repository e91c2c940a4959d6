/** Where links lead, and what happens when one is followed: same site, same tab; same page, no loading at all. */
import { useMemo } from "preact/hooks";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { panelTable } from "../../options/table.ts";
import { withFragment } from "../../page/text-fragment.ts";
import { placeOf } from "../../page/urls.ts";
import type { PendingJump } from "../../page/pending-jump.ts";
import type { Messages } from "../../i18n/messages.ts";
import { goToPage, seekHere } from "../../page/jump-to-passage.ts";
import { type Chat, useChat } from "../chat-context.ts";
import { coversWindow } from "../a11y/focus.ts";
import { here } from "../here.ts";
import { quotesFor } from "./citation-quotes.ts";

/** What links are drawn with; the same object as long as the page is the same. */
export type LinkTarget = {
  /** The page's address. */
  readonly here: string;
  /** Another page would know nothing of the conversation: so none takes this one's place. */
  readonly isOnlyHere?: boolean;
  /** Pressed, clicked, or clicked with another button. `citation` is the source that the link leads to. */
  readonly follow: (event: MouseEvent, href: string, citation: Citation | null) => void;
};

export function useLeading(): LinkTarget {
  const chat = useChat();
  const now = here.value;
  const isOnlyHere = chat.option("memory", panelTable.memory) === "page";
  return useMemo(
    () => ({
      here: now,
      isOnlyHere,
      follow: (event, href, citation) => follow(chat, event, href, citation, isOnlyHere),
    }),
    [chat, now, isOnlyHere],
  );
}

/** What a link carries, and what screen readers say after it. */
export function linkTo(
  href: string,
  citation: Citation | null,
  { here: now, isOnlyHere = false, follow: act }: LinkTarget,
  texts: Messages,
) {
  const place = placeOf(href, now);
  const isAside = place === "elsewhere" || (place === "site" && isOnlyHere);
  const onAct = (event: MouseEvent) => act(event, href, citation);
  return {
    place,
    said: place === "page" ? texts.onThisPage : isAside ? texts.opensInNewTab : "",
    props: {
      href,
      ...(isAside && { target: "_blank", rel: "noopener noreferrer" }),
      onPointerDown: onAct,
      onClick: onAct,
      onAuxClick: onAct,
    },
  };
}

/** Whether a click means "here and now" and not "in a new tab" or the like. */
const isPlain = (event: MouseEvent) =>
  event.type === "click" && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

function follow(
  chat: Chat,
  event: MouseEvent,
  href: string,
  citation: Citation | null,
  isOnlyHere: boolean,
): void {
  const link = event.currentTarget;
  const view = link instanceof HTMLAnchorElement && link.ownerDocument.defaultView;
  if (!view) return;
  const place = placeOf(href, view.location.href);
  const wish: PendingJump | null =
    citation && place !== "elsewhere"
      ? { said: quotesFor(link, citation.id), about: citation.description }
      : null;
  // Only now, so that what one sees when pointing at it is the plain address. Other browsers would take it for a hash.
  if (wish && "fragmentDirective" in view.document) link.href = withFragment(href, wish);
  if (event.type === "pointerdown") return;
  if (citation && (event.type === "click" || event.button === 1)) chat.citationOpened(citation);
  if (place === "elsewhere" || (place === "site" && isOnlyHere) || !isPlain(event)) return;
  makeWay(chat, link);
  if (place === "site") {
    if (wish) goToPage(view, href, wish);
  } else if (citation || !new URL(href).hash) {
    event.preventDefault();
    seekHere(view, href, wish);
  }
}

/** Closes a chat that covers the window, so that the page one goes to can be seen. */
function makeWay(chat: Chat, link: Element): void {
  const panel = link.closest("[part=panel]");
  if (panel && coversWindow(panel)) chat.close?.();
}
