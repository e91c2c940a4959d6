/** Sheets of the stored conversations: their list, and the confirmation before one is deleted. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { HistoryEntry, ConversationHistory } from "../../conversation/conversation.ts";
import type { VisitorProblem } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import { useChat } from "../chat-context.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { problemMessage } from "../problem/problem-message.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";

type Props = { history: ConversationHistory; close: () => void };

type Deleting = {
  history: ConversationHistory;
  conversation: Pick<HistoryEntry, "id">;
  deleted: () => void;
  cancel: () => void;
};

/** Confirmation of a deletion; shows a failure, and can then be pressed again. */
function Delete({ history, conversation, deleted, cancel }: Deleting) {
  const chat = useChat();
  const texts = useActionMessages();
  const deleting = useSignal(false);
  const problem = useSignal<VisitorProblem | null>(null);
  const harmless = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => harmless.current?.focus(), []);

  async function remove() {
    if (deleting.value) return;
    deleting.value = true;
    problem.value = null;
    try {
      problem.value = await history.remove(conversation.id);
    } finally {
      deleting.value = false;
    }
    if (!problem.value) deleted();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset cannot be laid out in a flex row everywhere
    <div class="deleting" role="group" aria-labelledby="deleting">
      <p id="deleting" dir="auto">
        {texts.deleteExplained}
      </p>
      <p class="deleting-problem" role="alert">
        {problem.value && problemMessage(problem.value, chat.profile.value, texts)}
      </p>
      <div class="deleting-buttons">
        <button type="button" class="secondary" ref={harmless} onClick={cancel}>
          {texts.cancel}
        </button>
        <button
          type="button"
          class="secondary strong"
          aria-disabled={deleting.value}
          aria-busy={deleting.value}
          onClick={() => remove()}
        >
          {problem.value ? texts.retry : texts.confirmDelete}
        </button>
      </div>
    </div>
  );
}

export function DeleteConversation({ history, close }: Props) {
  const present = useRef(history.list().find(({ isPresent }) => isPresent));
  // Another tab has removed it meanwhile.
  useEffect(() => {
    if (!present.current) close();
  }, []);
  return (
    present.current && (
      <Delete history={history} conversation={present.current} deleted={close} cancel={close} />
    )
  );
}

export function HistoryList({ history, close }: Props) {
  const texts = useActionMessages();
  const entries = useSignal(history.list());
  const deleting = useSignal<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  /** Row whose button takes the focus after rendering: by id its delete button, by index its first one. */
  const aim = useRef<string | number | null>(null);

  useLayoutEffect(() => {
    const to = aim.current;
    if (to === null || deleting.value !== null) return;
    aim.current = null;
    const rows = [...(list.current?.children ?? [])];
    const row = typeof to === "number" ? (rows[to] ?? lastIn(rows)) : undefined;
    const at = entries.value.findIndex(({ id }) => id === to);
    const button = row?.querySelector("button") ?? rows[at]?.querySelector<HTMLElement>(".icon-button");
    const sheet = list.current?.closest<HTMLElement>(".sheet");
    (button ?? sheet)?.focus();
  });

  function end(next: string | number) {
    aim.current = next;
    deleting.value = null;
    entries.value = history.list();
  }

  function open({ id, isPresent }: HistoryEntry) {
    if (isPresent || history.resume(id)) close();
    else entries.value = history.list();
  }

  return (
    <>
      {entries.value.length === 0 && (
        <p class="history-empty" dir="auto">
          {texts.noEarlier}
        </p>
      )}
      {/* The role is for Safari, which does not count a list without bullets as one. */}
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles */}
      <ul class="history-list" role="list" ref={list} hidden={entries.value.length === 0}>
        {entries.value.map((each, index) => (
          <li key={each.id} class="history-row" data-present={each.isPresent}>
            <Row entry={each} open={() => open(each)} remove={() => (deleting.value = each.id)} />
            {deleting.value === each.id && (
              <Delete
                history={history}
                conversation={each}
                deleted={() => end(index)}
                cancel={() => end(each.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

type RowProps = { entry: HistoryEntry; open: () => void; remove: () => void };

function Row({ entry: { name, at, isPresent }, open, remove }: RowProps) {
  const texts = useActionMessages();
  const time = useRef<HTMLTimeElement>(null);
  const title = name || texts.transcript;

  // The element around the panel has the `lang` attribute.
  useLayoutEffect(() => {
    const language = time.current?.closest<HTMLElement>("[lang]")?.lang;
    const format = new Intl.DateTimeFormat(language || undefined, {
      dateStyle: "medium",
      timeStyle: "short",
    });
    if (time.current) time.current.textContent = format.format(at);
  });

  return (
    <>
      <button
        type="button"
        class="history-open"
        {...(isPresent && { "aria-current": "true" })}
        onClick={open}
      >
        <span class="history-title">
          <bdi>{title}</bdi>
        </span>
        <time class="history-date" dateTime={new Date(at).toISOString()} ref={time} />
      </button>
      <IconButton icon={actionIcons.delete} label={texts.deleteNamed(title)} onClick={remove} />
    </>
  );
}
