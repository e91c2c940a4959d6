/** Status line of the question being edited, and the composer's features after the first question. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { useQuestionPages } from "./question-pages.ts";
import { useComposerShortcuts } from "./use-composer-shortcuts.ts";
import { useChat } from "../chat-context.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { editingOf, cancelEditing, newestTurn, endStaleEditing } from "./edit-question.ts";
import { focusField } from "./focus-field.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { icons } from "../ui/icons.ts";
import { useSavedDraft } from "./use-saved-draft.ts";
import { announce } from "../a11y/announce.ts";
import { useLengthWarning } from "./use-length-warning.ts";
import { useComposerServices } from "./use-composer-services.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";

/** `near` is an element of the panel. */
export function EditingStatus({ near }: { near: RefObject<HTMLElement | null> }) {
  const chat = useChat();
  const texts = useActionMessages();
  const services = useComposerServices();
  const editing = editingOf(chat).value;
  const newest = newestTurn(chat)?.id;

  useSavedDraft(services);
  useQuestionPages(services);
  useComposerShortcuts(near);
  useLengthWarning(near);
  useLayoutEffect(() => endStaleEditing(chat), [newest]);
  useEffect(() => {
    if (editing) announce(chat, texts.editing);
  }, [editing?.turn]);

  return (
    editing && (
      <p class="status-line">
        <Icon path={actionIcons.edit} />
        <span id="editing" class="status-text" dir="auto">
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
    )
  );
}
