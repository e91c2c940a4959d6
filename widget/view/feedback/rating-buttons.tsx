/** Rating buttons of an answer: thumbs up and down; a second press withdraws the rating. */
import type { Reaction } from "../../../proxy/protocol/bodies.ts";
import type { FinishedTurn } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useActionMessages } from "../actions/use-action-messages.ts";

type Props = {
  turn: FinishedTurn;
  /** Called with each press. */
  onRate: (reaction: Reaction) => void;
};

export function RatingButtons({ turn, onRate }: Props) {
  const { conversation } = useChat();
  const texts = useActionMessages();
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
            icon={actionIcons.good}
            label={label}
            aria-pressed={pressed}
            onClick={() => {
              const next = pressed ? "neutral" : reaction;
              conversation.rate(turn.id, next);
              onRate(next);
            }}
          />
        );
      })}
    </span>
  );
}
