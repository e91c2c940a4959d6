/** The menu's way to the conversations kept on this device, and to deleting the present one; the sheets are fetched with it. */
import { useEffect, useState } from "preact/hooks";
import type { ConversationHistory } from "../../conversation/conversation.ts";
import { useChat } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import type * as KeptSheets from "./history.lazy.tsx";
import { Notice } from "../ui/notice.tsx";
import { showSheet, type Sheet } from "../ui/sheet-state.ts";
import { useTexts } from "../use-messages.ts";
import { Waiting } from "../ui/loading.tsx";
import type { MenuPart } from "../menu-types.ts";

type Fetched = { readonly sheets: typeof KeptSheets; readonly shelf: ConversationHistory };

type Props = { leave: () => void; part: "KeptList" | "DeletePresent" };

function Kept({ leave, part }: Props) {
  const chat = useChat();
  const texts = useTexts();
  const [fetched, setFetched] = useState<Fetched | "coming" | "missing">("coming");

  const bring = () =>
    Promise.all([import("./history.lazy.tsx"), chat.history()])
      .then(([sheets, shelf]) => setFetched(part in sheets ? { sheets, shelf } : "missing"))
      .catch(() => setFetched("missing"));
  useEffect(() => void bring(), []);

  if (fetched === "coming") return <Waiting words={texts.restoring} />;
  if (fetched === "missing") {
    const remedy = { label: texts.retry, act: bring };
    return <Notice words={texts.unreachable} remedy={remedy} />;
  }
  const Part = fetched.sheets[part];
  return <Part shelf={fetched.shelf} leave={leave} />;
}

export const earlierSheet: Sheet = {
  title: (texts) => texts.earlierConversations,
  Content: ({ leave }) => <Kept leave={leave} part="KeptList" />,
};

export const deletionSheet: Sheet = {
  title: (texts) => texts.deleteConversation,
  Content: ({ leave }) => <Kept leave={leave} part="DeletePresent" />,
};

export const keptMenu: MenuPart = (chat, texts) => {
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
