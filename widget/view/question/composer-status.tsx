/** Status lines above the composer: the page that is sent along, and the question being edited. */
import { useEffect, useRef } from "preact/hooks";
import { choosePage, usePageContext } from "./page-context.ts";
import { useChat } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { focusField } from "./focus-field.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { icons } from "../ui/icons.ts";
import { delay } from "../timing.ts";
import { announce } from "../a11y/announce.ts";
import { actionsNow } from "../actions/load-actions.ts";
import { useComposerServices } from "./use-composer-services.ts";
import { useMessages } from "../use-messages.ts";

/** Time in which a page gets its new title after its address has changed (milliseconds). */
const settleMs = 500;

export function ComposerStatus() {
  const chat = useChat();
  const texts = useMessages();
  const actions = actionsNow();
  const root = useRef<HTMLDivElement>(null);
  const about = chat.pageContext.value;

  usePageContext(useComposerServices());
  useEffect(() => {
    if (!about) return undefined;
    return delay(settleMs, () =>
      announce(chat, `${texts.usingPage}: ${chat.pageContext.peek()?.title ?? ""}`),
    );
  }, [about?.url]);

  return (
    <div class="composer-status" ref={root}>
      {actions && <actions.EditingStatus near={root} />}
      {about && (
        <p class="status-line" title={`${about.title}\n${about.url}`}>
          <Icon path={conversationIcons.page} />
          <span id="about" class="status-text page">
            {texts.usingPage}
            <span class="unseen">: </span>
            <span class="page-title" dir="auto">
              {about.title}
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
      )}
    </div>
  );
}
