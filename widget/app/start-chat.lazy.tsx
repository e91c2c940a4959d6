/** Opened chat: joins conversation, view and browser services. Loaded when the visitor is about to use the launcher. */
import { savesData } from "../browser/platform/browser-info.ts";
import { contain } from "../conversation/contain.ts";
import type { ChatModule, ChatDeps, ChatInstance } from "../embed/types.ts";
import { addCross } from "../embed/launcher-open.ts";
import { bare } from "../builtins/bare.ts";
import { createChatModel, unparsed } from "./chat-model.ts";
import type { ChatModel } from "./chat-model.ts";
import { followModel } from "./follow-model.ts";
import { preload } from "./preload.ts";
import { startConversation } from "./start-conversation.ts";
import type { StartedConversation } from "./start-conversation.ts";
import { conversationView } from "../view/panel/load-conversation.ts";
import type { Chat } from "../view/chat-context.ts";
import { mountPanel } from "../view/mount.tsx";

export const explain: ChatModule["explain"] = async (parts, agent) =>
  (await (await import("../browser/api/explain-failure.lazy.ts")).explain(parts, agent, window)).sentence;

/** The chat as the panel's parts see it, with services that are loaded when they are needed. */
function createChat(
  parts: ChatDeps,
  model: ChatModel,
  { conversation, running, environment, store, identity }: StartedConversation,
): Chat {
  const { slot, proxy, emit, close } = parts;
  return {
    ...model,
    conversation,
    state: bare({}),
    composerServices: async () =>
      (await import("../browser/platform/composer-services.lazy.ts")).createComposerServices(
        window,
        running,
        store,
        () => model.panelOption("memory") !== "page",
      ),
    addressOf: (path) => (path.startsWith("/") ? proxy + path : path),
    copy: async (text) =>
      (await import("../browser/platform/clipboard.lazy.ts")).copyText(text, window, slot),
    history: async () => {
      const { createHistory } = await import("../browser/storage/history.lazy.ts");
      return createHistory(store, running, environment);
    },
    contactClient: async () =>
      (await import("../browser/api/contact-client.lazy.ts")).createContactClient(
        parts,
        model.agent,
        store,
        identity,
        model.profile,
      ),
    citationOpened: (citation) => emit("citation", citation),
    ...(close && { close }),
  };
}

export function startChat(parts: ChatDeps): ChatInstance {
  const { root, frame, slot } = parts;
  const model = createChatModel(parts);
  const { open, draft } = model;
  const started = startConversation(parts, model);
  const { running } = started;
  const undo = followModel(parts, model, running);
  slot.className = "slot";
  addCross(frame);
  model.loadProfile();
  // Opening the panel moves the focus into it: the visitor wants a conversation, unless data are to be saved.
  for (const sign of ["input", "pointerover", ...(savesData(navigator) ? [] : ["focusin"])])
    slot.addEventListener(sign, preload, bare({ once: true }));
  const panel = mountPanel(slot, createChat(parts, model, started));

  return {
    show(isOpen, mayFocus) {
      const hadFocus = root.activeElement;
      open.value = isOpen;
      if (isOpen && model.fetchedProfile.value === null) model.loadProfile();
      started.shown();
      if (mayFocus && isOpen) panel.focus();
      else if (mayFocus && hadFocus)
        frame.querySelector<HTMLElement>(".launcher")?.focus({ preventScroll: true });
      // Where the page is sent along by default, the notice that says so must be shown.
      if (isOpen && model.option(unparsed, "page") === "on") void conversationView.load();
    },
    ask(text) {
      if (running.ask(text)) draft.value ||= text;
    },
    startOver: () => started.conversation.startOver(),
    refresh: model.refresh,
    dispose() {
      running.dispose();
      started.undo();
      panel.dispose();
      for (const each of undo) contain(each);
    },
  };
}
