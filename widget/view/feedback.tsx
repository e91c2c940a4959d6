/** Two thumbs for an answer; pressing a pressed one takes the rating back. */
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { IconButton } from "./icon-button.tsx";

export function Feedback({ turn }: { turn: SettledTurn }) {
  const { conversation, texts } = useChat();
  const thumbs = [
    { reaction: "liked", label: texts.value.goodAnswer },
    { reaction: "disliked", label: texts.value.badAnswer },
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
