/** Renders the opened chat into a container and returns its controls. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { ErrorBoundary } from "./problem/error-boundary.tsx";
import { ChatProvider, type Chat } from "./chat-context.ts";
import { focusPanel } from "./a11y/focus.ts";
import { conversationActions } from "./actions/load-actions.ts";
import { conversationView } from "./panel/load-conversation.ts";
import type { ViewLoader } from "./view-loader.ts";
import { Panel } from "./panel/panel.tsx";

export { chatStyles } from "./panel/styles.ts";

export type MountedPanel = {
  /** Moves the focus into the panel. Call it once the panel is open. */
  readonly focus: () => void;
  /** Unmounts the panel and removes its listeners. */
  readonly dispose: () => void;
};

/** Adds the styles of views that are loaded later. Returns a function that removes them. */
function addStyles<View>(root: Node, { state }: ViewLoader<View>, stylesOf: (view: View) => string) {
  return effect(() => {
    const view = state.value;
    if (typeof view === "string" || !(root instanceof ShadowRoot)) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(stylesOf(view));
    root.adoptedStyleSheets.push(sheet);
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  });
}

export function mountPanel(container: Element, chat: Chat): MountedPanel {
  render(
    <ChatProvider value={chat}>
      <ErrorBoundary>
        <Panel />
      </ErrorBoundary>
    </ChatProvider>,
    container,
  );
  const root = container.getRootNode();
  const undo = [
    addStyles(root, conversationView, (view) => view.conversationStyles),
    addStyles(root, conversationActions, (view) => view.actionStyles),
  ];
  return {
    focus: () => focusPanel(container),
    dispose() {
      for (const each of undo) each();
      render(null, container);
    },
  };
}
