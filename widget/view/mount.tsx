/** Draws the opened chat into a container and hands back what its door needs to steer it. */
import { render } from "preact";
import { ChatProvider, type Chat } from "./chat-context.ts";
import { Panel } from "./panel.tsx";
import { isTouched } from "./touch.ts";

export { chatStyles } from "./styles.ts";

export type MountedPanel = {
  /**
   * Moves the focus into the panel: to the composer, or on a touch screen to the panel itself, since there the
   * on-screen keyboard would cover what the visitor came to read. Call it once the panel is open.
   */
  readonly focus: () => void;
  /** Takes the panel out again and lets go of everything it listened to. */
  readonly undo: () => void;
};

export function mountPanel(container: Element, chat: Chat): MountedPanel {
  render(
    <ChatProvider value={chat}>
      <Panel />
    </ChatProvider>,
    container,
  );
  return {
    focus() {
      const aim = isTouched(container) ? "[part=panel]" : "[part=input]";
      container.querySelector<HTMLElement>(aim)?.focus({ preventScroll: true });
    },
    undo: () => render(null, container),
  };
}
