/** Status line above the composer: the question being edited, and the page that goes along. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Page } from "../../../proxy/protocol/bodies.ts";
import { report } from "../../conversation/contain.ts";
import { choosePage, usePageContext } from "./page-context.ts";
import { useAskedPages } from "./asked-pages.ts";
import { useAskingKeys } from "./use-composer-shortcuts.ts";
import { useChat, type ComposerServices } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { editingIn, focusField, cancelEditing, newestTurn, noticeTurns } from "./edit-question.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { icons } from "../ui/icons.ts";
import { useSavedDraft } from "./use-saved-draft.ts";
import { delay } from "../timing.ts";
import { announce } from "../a11y/announce.ts";
import { useTooLong } from "./use-length-warning.ts";
import { useMessages } from "../use-messages.ts";

/** Milliseconds in which a page that a script has changed gets its new title. */
const calm = 500;

export function AboveField() {
  const chat = useChat();
  const root = useRef<HTMLDivElement>(null);
  const services = useSignal<ComposerServices | null>(null);
  const editing = editingIn(chat).value;
  const about = chat.pageContext.value;
  const newest = newestTurn(chat)?.id;

  useEffect(() => {
    // Without them a draft lives as long as the page, and the page is not offered.
    chat
      .composerServices()
      .then(
        (loaded) => (services.value = loaded),
        () => {},
      )
      .catch(report);
  }, []);
  usePageContext(services.value);
  useSavedDraft(services.value);
  useAskedPages(services.value);
  useAskingKeys(root);
  useTooLong(root);
  useLayoutEffect(() => noticeTurns(chat), [newest]);

  return (
    <div class="above" ref={root}>
      {editing && <EditingLine turn={editing.turn} />}
      {about && <PageLine page={about} />}
    </div>
  );
}

function EditingLine({ turn }: { turn: string }) {
  const chat = useChat();
  const texts = useMessages();
  useEffect(() => announce(chat, texts.editing), [turn]);
  return (
    <p class="beside-question">
      <Icon drawing={conversationIcons.edit} />
      <span id="editing" class="beside-words" dir="auto">
        {texts.editing}
      </span>
      <IconButton
        icon={icons.close}
        label={texts.cancel}
        onClick={(event) => {
          focusField(event.currentTarget);
          cancelEditing(chat);
        }}
      />
    </p>
  );
}

function PageLine({ page: { title, url } }: { page: Page }) {
  const chat = useChat();
  const texts = useMessages();
  useEffect(
    () => delay(calm, () => announce(chat, `${texts.usingPage}: ${chat.pageContext.peek()?.title ?? ""}`)),
    [url],
  );
  return (
    <p class="beside-question" title={`${title}\n${url}`}>
      <Icon drawing={conversationIcons.page} />
      <span id="about" class="beside-words page">
        {texts.usingPage}
        <span class="unseen">: </span>
        <span class="page-title" dir="auto">
          {title}
        </span>
      </span>
      <IconButton
        icon={icons.close}
        label={texts.withoutPage}
        onClick={(event) => {
          focusField(event.currentTarget);
          choosePage(chat, false);
        }}
      />
    </p>
  );
}
