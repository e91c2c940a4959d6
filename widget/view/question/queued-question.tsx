/** Notice in place of an answer while its question waits for the network; its button withdraws the question. */
import { useChat } from "../chat-context.ts";
import { Notice } from "../ui/notice.tsx";
import { showToast } from "../ui/toast.tsx";
import { useMessages } from "../use-messages.ts";

export function QueuedQuestion() {
  const chat = useChat();
  const texts = useMessages();

  function withdraw() {
    const edited = chat.state.editing?.peek();
    void chat
      .composerServices()
      .then((services) => {
        const words = services.withdraw();
        const typed = chat.draft.peek();
        // A question being edited is in the field already.
        const both = edited && words !== null ? [typed || words, edited.before] : [words, typed];
        chat.draft.value = both.filter(Boolean).join("\n");
        return undefined;
      })
      .catch(() => showToast(chat, texts.unreachable));
  }

  return <Notice text={texts.waitsForNetwork} action={{ label: texts.takeBack, run: withdraw }} />;
}
