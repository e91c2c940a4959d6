/** Notice: one line about a problem, with at most one button. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { VisitorProblem, ConversationProblem } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import { useChat, type Chat } from "../chat-context.ts";
import { handlerError } from "../problem/contain-handlers.ts";
import { focusPanel } from "../a11y/focus.ts";
import { IconButton } from "./icon-button.tsx";
import { icons } from "./icons.ts";
import { reloadPage } from "../../page/current-page.ts";
import { delay } from "../timing.ts";
import { problemMessage } from "../problem/problem-message.ts";
import { messagesOf, useMessages } from "../use-messages.ts";

export type NoticeAction = { label: string; run: () => unknown };

/** A retry cannot help a question that is too long; a conversation that is gone can only be replaced by a new one. */
export function actionFor({ code }: VisitorProblem, chat: Chat, retry: () => void): NoticeAction | null {
  const texts = messagesOf(chat).value;
  if (code === "too-long" || code === "bad-request") return null;
  if (code === "signed-out") return { label: texts.reload, run: () => reloadWith(chat) };
  if (code === "not-found" || code === "not-allowed") {
    return { label: texts.startOver, run: () => chat.conversation.startOver() };
  }
  return { label: texts.retry, run: retry };
}

/** After the reload the page may give a valid identity; the last question is put into the field, where it is stored. */
function reloadWith({ conversation, draft }: Chat): void {
  draft.value ||= lastIn(conversation.finished.value)?.question ?? "";
  delay(0, reloadPage);
}

type Props = {
  text: string;
  action: NoticeAction | null;
  /** Seconds until the button is enabled. */
  wait?: number;
  dismiss?: () => void;
};

export function Notice({ text, action, wait = 0, dismiss }: Props) {
  const texts = useMessages();
  const ready = useSignal(wait <= 0);

  useEffect(
    () =>
      delay(wait * 1000, () => {
        ready.value = true;
      }),
    [],
  );

  return (
    <div part="notice" class="notice">
      <p class="notice-text" dir="auto">
        {text}
      </p>
      {action && (
        <button
          type="button"
          class="secondary"
          aria-disabled={!ready.value}
          onClick={(event) => {
            if (!ready.value) return undefined;
            focusPanel(event.currentTarget);
            return action.run();
          }}
        >
          {action.label}
        </button>
      )}
      {dismiss && (
        <IconButton
          icon={icons.close}
          label={texts.dismiss}
          onClick={(event) => {
            focusPanel(event.currentTarget);
            dismiss();
          }}
        />
      )}
    </div>
  );
}

/** Notice of a problem outside any turn, above the composer until it is dismissed. */
export function ProblemNotice() {
  const chat = useChat();
  const texts = useMessages();
  const failed = useSignal(false);
  const element = useRef<HTMLDivElement>(null);
  const problem: ConversationProblem | null =
    chat.conversation.problem.value ?? (failed.value ? { code: "unreachable" } : null);

  useEffect(() => {
    const panel = element.current?.closest("[part=panel]");
    const notice = () => void (failed.value = true);
    panel?.addEventListener(handlerError, notice);
    return () => panel?.removeEventListener(handlerError, notice);
  }, []);

  function dismiss() {
    failed.value = false;
    chat.conversation.dismissProblem();
  }

  return (
    <div class={problem ? "notice-area" : ""} ref={element}>
      {problem && (
        <Notice
          text={problemMessage(problem, chat.profile.value, texts)}
          action={
            problem.code === "signed-out"
              ? actionFor(problem, chat, () => {})
              : problem.again
                ? { label: texts.retry, run: problem.again }
                : null
          }
          dismiss={dismiss}
        />
      )}
    </div>
  );
}
