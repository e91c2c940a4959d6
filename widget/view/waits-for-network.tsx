/** Stands where the answer will be while a question waits for a network, with a way to take it back. */
import { useChat } from "./chat-context.ts";
import { Notice } from "./notice.tsx";
import { useTexts } from "./use-texts.ts";

export function WaitsForNetwork() {
  const chat = useChat();
  const texts = useTexts();

  function takeBack() {
    chat.asking().then(
      (all) => (chat.draft.value = [all.takeBack(), chat.draft.peek()].filter(Boolean).join("\n")),
      () => {},
    );
  }

  return <Notice words={texts.waitsForNetwork} remedy={{ label: texts.takeBack, act: takeBack }} />;
}
