/** Renders the opened chat into a container and returns its controls. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { Boundary } from "./problem/boundary.tsx";
import { ChatProvider, type Chat } from "./chat-context.ts";
import { focusPanel } from "./a11y/focus.ts";
import { conversationView } from "./panel/load-conversation.ts";
import { Panel } from "./panel/panel.tsx";

export { chatStyles } from "./panel/styles.ts";

export type MountedPanel = {
  /** Moves the focus into the panel. Call it once the panel is open. */
  readonly focus: () => void;
  /** Takes the panel out again and lets go of everything it listened to. */
  readonly undo: () => void;
};

/** Puts the styles of a conversation's parts beside the others, once they are there. */
function wearConversationStyles(root: Node): () => void {
  return effect(() => {
    const view = conversationView.state.value;
    if (typeof view === "string" || !(root instanceof ShadowRoot)) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(view.conversationStyles);
    root.adoptedStyleSheets.push(sheet);
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((worn) => worn !== sheet);
    };
  });
}

export function mountPanel(container: Element, chat: Chat): MountedPanel {
  render(
    <ChatProvider value={chat}>
      <Boundary>
        <Panel />
      </Boundary>
    </ChatProvider>,
    container,
  );
  const takeOff = wearConversationStyles(container.getRootNode());
  return {
    focus: () => focusPanel(container),
    undo() {
      takeOff();
      render(null, container);
    },
  };
}
