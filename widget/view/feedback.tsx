/** Two thumbs for an answer; pressing a pressed one takes the rating back. */
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { IconButton } from "./icon-button.tsx";
import { useTexts } from "./use-texts.ts";

export function Feedback({ turn }: { turn: SettledTurn }) {
  const { conversation } = useChat();
  const texts = useTexts();
  const thumbs = [
    { reaction: "liked", label: texts.goodAnswer },
    { reaction: "disliked", label: texts.badAnswer },
  ] as const;
  return (
    <span part="feedback" class="feedback">
      {thumbs.map(({ reaction, label }) => {
        const pressed = turn.reaction === reaction;
        return (
          <IconButton
            key={reaction}
            icon={conversationIcons.good}
            label={label}
            aria-pressed={pressed}
            onClick={() => conversation.rate(turn.id, pressed ? "neutral" : reaction)}
          />
        );
      })}
    </span>
  );
}
