/** Link targets and clicks: the same tab for this site, a scroll for this page, a new tab elsewhere. */
import { useEffect, useMemo } from "preact/hooks";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { panelTable } from "../../options/table.ts";
import { relationOf } from "../../page/urls.ts";
import type { ViewMessages } from "../../i18n/messages.ts";
import { type Chat, useChat } from "../chat-context.ts";
import { coversWindow } from "../a11y/focus.ts";
import { currentAddress } from "../../page/current-page.ts";
import { loadPassages, passagesNow } from "../citations/load-passages.ts";

/** Context of links; the same object as long as the page is the same. */
export type LinkTarget = {
  /** The page's address. */
  readonly here: string;
  /** Whether only this page has the conversation, so that links must not replace it. */
  readonly isOnlyHere?: boolean;
  /** Handles pointerdown, click and auxclick. `citation` is the source that the link leads to. */
  readonly follow: (event: MouseEvent, href: string, citation: Citation | null) => void;
};

export function useLinkTarget(): LinkTarget {
  const chat = useChat();
  const now = currentAddress.value;
  const isOnlyHere = chat.option(panelTable, "memory") === "page";
  return useMemo(
    () => ({
      here: now,
      isOnlyHere,
      follow: (event, href, citation) => follow(chat, event, href, citation, isOnlyHere),
    }),
    [chat, now, isOnlyHere],
  );
}

/** Loads the passages file once the answer has sources of this site, before a link to one is clicked. */
export function usePassages(citations: readonly Citation[]): void {
  const now = currentAddress.value;
  useEffect(() => {
    if (citations.some(({ url }) => url !== null && relationOf(url, now) !== "elsewhere"))
      loadPassages().catch(() => {});
  }, [citations, now]);
}

/** Props of a link, and the text that screen readers read after it. */
export function linkTo(
  href: string,
  citation: Citation | null,
  { here: now, isOnlyHere = false, follow: onFollow }: LinkTarget,
  texts: ViewMessages,
) {
  const relation = relationOf(href, now);
  const isAside = relation === "elsewhere" || (relation === "site" && isOnlyHere);
  const onPress = (event: MouseEvent) => onFollow(event, href, citation);
  return {
    relation,
    hint: relation === "page" ? texts.onThisPage : isAside ? texts.opensInNewTab : "",
    props: {
      href,
      ...(isAside && { target: "_blank", rel: "noopener noreferrer" }),
      onPointerDown: onPress,
      onClick: onPress,
      onAuxClick: onPress,
    },
  };
}

/** Whether a click opens the link in this tab, not in a new one. */
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
  const relation = relationOf(href, view.location.href);
  const passage =
    citation && relation !== "elsewhere"
      ? passagesNow()?.citedPassage(link, view, href, citation)
      : undefined;
  if (event.type === "pointerdown") return;
  if (citation && (event.type === "click" || event.button === 1)) chat.citationOpened(citation);
  if (relation === "elsewhere" || (relation === "site" && isOnlyHere) || !isPlain(event)) return;
  makeWay(chat, link);
  if (relation === "site") passage?.goThere();
  else if (citation || !new URL(href).hash) {
    event.preventDefault();
    const toAddress = () => goToAddress(view, href);
    if (passage) passage.seekHere(toAddress);
    else toAddress();
  }
}

/** Scrolls to the target of the URL's hash on this page. */
function goToAddress(view: Window, href: string): void {
  const id = decodeURIComponent(new URL(href).hash.slice(1));
  const target = id && view.document.getElementById(id);
  if (target) target.scrollIntoView();
  else view.scrollBy({ top: -view.scrollY });
}

/** Closes a chat that covers the window, so that the visitor sees the page. */
function makeWay(chat: Chat, link: Element): void {
  const panel = link.closest("[part=panel]");
  if (panel && coversWindow(panel)) chat.close?.();
}
