/** Menu commands for the stored conversations; their sheets are fetched when opened. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConversationHistory } from "../../conversation/conversation.ts";
import { useChat } from "../chat-context.ts";
import { actionIcons } from "../ui/action-icons.ts";
import type * as HistorySheets from "./history.lazy.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Sheet } from "../chat-state.ts";
import { showSheet } from "../ui/sheet-state.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";
import { Loading } from "../ui/loading.tsx";
import type { MenuSection } from "../menu-types.ts";

type Fetched = { readonly sheets: typeof HistorySheets; readonly history: ConversationHistory };

type Props = { close: () => void; part: "HistoryList" | "DeleteConversation" };

function HistorySheet({ close, part }: Props) {
  const chat = useChat();
  const texts = useActionMessages();
  const state = useSignal<Fetched | "loading" | "failed">("loading");
  const fetched = state.value;

  const load = () =>
    Promise.all([import("./history.lazy.tsx"), chat.history()])
      .then(([sheets, history]) => (state.value = part in sheets ? { sheets, history } : "failed"))
      .catch(() => (state.value = "failed"));
  useEffect(() => void load(), []);

  if (fetched === "loading") return <Loading text={texts.restoring} />;
  if (fetched === "failed") {
    const action = { label: texts.retry, run: load };
    return <Notice text={texts.unreachable} action={action} />;
  }
  const Part = fetched.sheets[part];
  return <Part history={fetched.history} close={close} />;
}

export const historySheet: Sheet = {
  title: (texts) => texts.earlierConversations,
  Content: ({ close }) => <HistorySheet close={close} part="HistoryList" />,
};

export const deletionSheet: Sheet = {
  title: (texts) => texts.deleteConversation,
  Content: ({ close }) => <HistorySheet close={close} part="DeleteConversation" />,
};

export const historyItems: MenuSection = (chat, texts) => {
  const { finished, streaming } = chat.conversation;
  const isEmpty = finished.value.length === 0 && streaming.value === null;
  return [
    {
      icon: actionIcons.earlier,
      label: texts.earlierConversations,
      disabled: false,
      onSelect: () => showSheet(chat, historySheet),
    },
    {
      icon: actionIcons.delete,
      label: texts.deleteConversation,
      disabled: isEmpty,
      onSelect: () => showSheet(chat, deletionSheet),
    },
  ];
};
