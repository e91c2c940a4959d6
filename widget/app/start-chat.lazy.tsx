/** Opened chat: joins conversation, view and browser services. Loaded when the visitor is about to use the launcher. */
import { computed, effect, signal } from "@preact/signals";
import type { Page } from "../../proxy/protocol/bodies.ts";
import { parseProfile } from "../browser/api/parse-agent.ts";
import { savesData, wantedLanguages } from "../browser/platform/browser-info.ts";
import { watchViewport } from "../browser/platform/visual-viewport.ts";
import { contain, report } from "../conversation/contain.ts";
import type { Conversation, ConversationCallbacks } from "../conversation/conversation.ts";
import { createEnvironment } from "../browser/platform/create-environment.ts";
import type { ChatModule, ChatDeps, ChatInstance } from "../embed/types.ts";
import { isolateEvents } from "../embed/isolate-events.ts";
import { addCross, launcherOpenStyles } from "../embed/launcher-open.ts";
import { sheetOf } from "../embed/stylesheet.ts";
import { paletteOf } from "../options/color.ts";
import { panelTable } from "../options/table.ts";
import type { PanelOptions } from "../options/table.ts";
import { bare } from "../builtins/bare.ts";
import { customizeProfile } from "./agent-profile.ts";
import { preload } from "./preload.ts";
import { createPersistence } from "./persistence.ts";
import { english } from "../i18n/locales/en.ts";
import { speak } from "../browser/platform/apply-language.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";
import { conversationView } from "../view/panel/load-conversation.ts";
import { chatStyles, mountPanel } from "../view/mount.tsx";

/** Reads an option as it was given, where the parser is in a lazy file. */
const asGiven = { fallback: null, read: (given: unknown) => given };
const unparsed = { starters: asGiven, page: asGiven };

export const explain: ChatModule["explain"] = async (parts, agent) =>
  (await (await import("../browser/api/explain-failure.lazy.ts")).explain(parts, agent, window)).sentence;

export function startChat(parts: ChatDeps): ChatInstance {
  const { host, root, frame, slot, proxy, emit, close } = parts;

  /** Increases when options may have changed, so that effects which have read one run again. */
  const changes = signal(0);
  const bootOption: ChatDeps["option"] = (name) => (changes.value, parts.option(name));
  const read: ChatDeps["readOption"] = (table, name) => (changes.value, parts.readOption(table, name));
  const panelOption = <Name extends keyof PanelOptions>(name: Name): PanelOptions[Name] =>
    read(panelTable, name);
  const agent = parts.option("agent");
  const mode = parts.option("mode");
  const arrived = signal<unknown>(null);
  const open = signal(false);
  const draft = signal("");
  const chosen = signal<readonly string[] | null>(null);
  const pageContext = signal<Page | null>(null);
  const table = signal<LoadedMessages>(english);

  const profileOf = (given: unknown) => customizeProfile(parseProfile(given), bootOption, panelOption);
  const profile = computed(() => contain(() => profileOf(arrived.value)) ?? profileOf(null));
  const texts = computed(() => ({ ...table.value, welcome: panelOption("welcome") ?? table.value.welcome }));
  const starters = computed(() => chosen.value ?? profile.value.starters);
  const languages = computed(() => {
    const [chosen, ...rest] = wantedLanguages(panelOption("language"), document, navigator);
    return [chosen, profile.value.language, ...rest].filter((tag) => typeof tag === "string");
  });

  const persistence = createPersistence({ parts, panelOption, open, draft, texts: table });
  const { store, identity } = persistence;

  const callbacks: ConversationCallbacks = {
    onQuestion({ name, question }) {
      persistence.saveOpenState();
      emit("question", { turn: name, text: question });
    },
    onFinish({ id, question, answer, citations, end, problem }, remote) {
      kept.finished(end === "answered");
      if (remote) return;
      if (end === "answered") emit("answer", { turn: id, question, text: answer, citations });
      if (problem) emit("problem", { code: problem.code });
    },
  };
  const environment = createEnvironment(
    parts,
    agent,
    store,
    identity,
    () => languages.value,
    () => pageContext.peek(),
  );
  const kept = persistence.start(environment, callbacks);
  const { running } = kept;
  const conversation: Conversation = {
    ...running,
    rate(turn, reaction) {
      running.rate(turn, reaction);
      emit("feedback", { turn, reaction });
    },
  };

  const shades = sheetOf("");
  const freeRoom = sheetOf("");
  const sheets = [sheetOf(chatStyles), sheetOf(launcherOpenStyles), shades, freeRoom];
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];

  async function loadProfile(): Promise<void> {
    const fetched = await parts.fetchProfile();
    contain(() => (arrived.value = fetched ?? arrived.value));
  }

  const undo = [
    isolateEvents(host),
    effect(() => {
      const { accentLight, accentDark } = paletteOf(bootOption("color") ?? profile.value.color ?? "");
      shades.replaceSync(`.frame{--cgw-accent-light:${accentLight};--cgw-accent-dark:${accentDark}}`);
      Object.assign(frame.dataset, { mode, position: bootOption("position"), theme: panelOption("theme") });
    }),
    effect(() => {
      if (read(unparsed, "starters") === null) return void (chosen.value = null);
      // The agent's own ones would appear for a moment only.
      chosen.value = chosen.peek() ?? [];
      const following = import("../browser/platform/starters-by-page.lazy.ts").then(
        ({ followStarters }) => followStarters(window, read, chosen),
        () => () => {},
      );
      return () => void following.then((undo) => undo());
    }),
    effect(() => speak(languages.value, frame, table)),
    effect(() => {
      const problem = running.problem.value;
      if (problem) emit("problem", { code: problem.code });
    }),
    watchViewport(window, (free) =>
      freeRoom.replaceSync(
        free ? `.frame{--cgw-viewport-height:${free.height}px;--cgw-viewport-top:${free.top}px}` : "",
      ),
    ),
  ];
  slot.className = "slot";
  addCross(frame);
  loadProfile().catch(report);
  // Opening the panel moves the focus into it: the visitor wants a conversation, unless data are to be saved.
  for (const sign of ["input", "pointerover", ...(savesData(navigator) ? [] : ["focusin"])])
    slot.addEventListener(sign, preload, bare({ once: true }));
  const panel = mountPanel(slot, {
    conversation,
    texts,
    profile,
    starters,
    open,
    mode,
    draft,
    pageContext,
    state: bare({}),
    composerServices: async () =>
      (await import("../browser/platform/composer-services.lazy.ts")).createComposerServices(
        window,
        running,
        store,
        () => panelOption("memory") !== "page",
      ),
    option: read,
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
        agent,
        store,
        identity,
        profile,
      ),
    citationOpened: (citation) => emit("citation", citation),
    ...(close && { close }),
  });

  return {
    show(isOpen, mayFocus) {
      const hadFocus = root.activeElement;
      open.value = isOpen;
      if (isOpen && arrived.value === null) loadProfile().catch(report);
      kept.shown();
      if (mayFocus && isOpen) panel.focus();
      else if (mayFocus && hadFocus)
        frame.querySelector<HTMLElement>(".launcher")?.focus({ preventScroll: true });
      // Where the page is sent along by default, the notice that says so must be shown.
      if (isOpen && read(unparsed, "page") === "on") void conversationView.load();
    },
    ask(text) {
      if (running.ask(text)) draft.value ||= text;
    },
    startOver: () => conversation.startOver(),
    refresh: () => changes.value++,
    dispose() {
      running.dispose();
      kept.undo();
      panel.dispose();
      for (const each of undo) contain(each);
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    },
  };
}
