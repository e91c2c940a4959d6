/** Stands where the answer will be while a question waits for a network, with a way to take it back. */
import { useChat } from "../chat-context.ts";
import { editingIn } from "./edit-question.ts";
import { Notice } from "../ui/notice.tsx";
import { showToast } from "../ui/toast.tsx";
import { useMessages } from "../use-messages.ts";

export function WaitsForNetwork() {
  const chat = useChat();
  const texts = useMessages();

  function takeBack() {
    const edited = editingIn(chat).peek();
    void chat
      .composerServices()
      .then((hands) => {
        const words = hands.takeBack();
        const typed = chat.draft.peek();
        // Whoever is editing it already has it in hand.
        const both = edited && words !== null ? [typed || words, edited.before] : [words, typed];
        chat.draft.value = both.filter(Boolean).join("\n");
        return undefined;
      })
      .catch(() => showToast(chat, texts.unreachable));
  }

  return <Notice text={texts.waitsForNetwork} remedy={{ label: texts.takeBack, run: takeBack }} />;
}
