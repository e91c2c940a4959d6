/** Menu commands for the stored conversations; their sheets are fetched when opened. */
import { useEffect, useState } from "preact/hooks";
import type { ConversationHistory } from "../../conversation/conversation.ts";
import { useChat } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import type * as KeptSheets from "./history.lazy.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Sheet } from "../chat-state.ts";
import { showSheet } from "../ui/sheet-state.ts";
import { useMessages } from "../use-messages.ts";
import { Loading } from "../ui/loading.tsx";
import type { MenuPart } from "../menu-types.ts";

type Fetched = { readonly sheets: typeof KeptSheets; readonly shelf: ConversationHistory };

type Props = { close: () => void; part: "HistoryList" | "DeletePresent" };

function HistorySheet({ close, part }: Props) {
  const chat = useChat();
  const texts = useMessages();
  const [fetched, setFetched] = useState<Fetched | "coming" | "missing">("coming");

  const load = () =>
    Promise.all([import("./history.lazy.tsx"), chat.history()])
      .then(([sheets, shelf]) => setFetched(part in sheets ? { sheets, shelf } : "missing"))
      .catch(() => setFetched("missing"));
  useEffect(() => void load(), []);

  if (fetched === "coming") return <Loading text={texts.restoring} />;
  if (fetched === "missing") {
    const remedy = { label: texts.retry, run: load };
    return <Notice text={texts.unreachable} remedy={remedy} />;
  }
  const Part = fetched.sheets[part];
  return <Part shelf={fetched.shelf} close={close} />;
}

export const earlierSheet: Sheet = {
  title: (texts) => texts.earlierConversations,
  Content: ({ close }) => <HistorySheet close={close} part="HistoryList" />,
};

export const deletionSheet: Sheet = {
  title: (texts) => texts.deleteConversation,
  Content: ({ close }) => <HistorySheet close={close} part="DeletePresent" />,
};

export const historyMenu: MenuPart = (chat, texts) => {
  const { finished, streaming } = chat.conversation;
  const isEmpty = finished.value.length === 0 && streaming.value === null;
  return [
    {
      icon: conversationIcons.earlier,
      label: texts.earlierConversations,
      disabled: false,
      act: () => showSheet(chat, earlierSheet),
    },
    {
      icon: conversationIcons.delete,
      label: texts.deleteConversation,
      disabled: isEmpty,
      act: () => showSheet(chat, deletionSheet),
    },
  ];
};
