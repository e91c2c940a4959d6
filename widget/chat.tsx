/** The half of the widget that is loaded on intent: joins conversation, view and the browser's hands into an opened chat. */
import { computed, effect, signal } from "@preact/signals";
import type { AgentFace } from "../proxy/protocol/bodies.ts";
import { copyText } from "./browser/clipboard.ts";
import { readFace } from "./browser/face.ts";
import { keepOpen } from "./browser/open-state.ts";
import { newId, pause, wantedLanguages } from "./browser/page-facts.ts";
import { createProxyClient } from "./browser/proxy-client.ts";
import { storageKey } from "./browser/storage-key.ts";
import { createMemory } from "./browser/storage.ts";
import { watchViewport } from "./browser/viewport.ts";
import { createConversation } from "./conversation/create-conversation.ts";
import type { Conversation, Told } from "./conversation/conversation.ts";
import type { Memory, World } from "./conversation/world.ts";
import type { ChatParts, StartedChat } from "./embed/contract.ts";
import { keepKeys } from "./embed/keys.ts";
import { addCross, launcherOpenStyles } from "./embed/launcher-open.ts";
import { sheetOf } from "./embed/styles.ts";
import { paletteOf } from "./options/color.ts";
import { lateTable } from "./options/table.ts";
import type { LateName, Options } from "./options/table.ts";
import { english } from "./text/english.ts";
import { bestLanguage, directionOf } from "./text/language.ts";
import { loadTexts } from "./text/load-texts.ts";
import type { Texts } from "./text/texts.ts";
import { chatStyles, mountPanel } from "./view/mount.tsx";

export function startChat(parts: ChatParts): StartedChat {
  const { host, root, frame, slot, proxy, emit, close } = parts;

  /** Rises whenever options may have changed, so that whoever has read one reads it again. */
  const changes = signal(0);
  const early: ChatParts["option"] = (name) => (changes.value, parts.option(name));
  const late = <Name extends LateName>(name: Name): Options[Name] => (
    changes.value,
    parts.read(name, lateTable[name])
  );
  const agent = parts.option("agent");
  const mode = parts.option("mode");
  const key = storageKey(proxy, agent);
  const memory = createMemory(() => localStorage, key);
  const arrived = signal<unknown>(null);
  const open = signal(false);
  const table = signal<Texts>(english);

  const face = computed(() => dressed(readFace(arrived.value)));
  const texts = computed(() => ({ ...table.value, welcome: late("welcome") ?? table.value.welcome }));
  const starters = computed(() => late("starters") ?? face.value.starters);
  const languages = computed(() => {
    const [chosen, ...rest] = wantedLanguages(late("language"), document, navigator);
    return [chosen, face.value.language, ...rest].filter((tag) => typeof tag === "string");
  });

  /** The agent's face with what the owner wants otherwise on this site. */
  function dressed(plain: AgentFace): AgentFace {
    const disclosure = late("disclosure");
    const isOff = disclosure?.toLowerCase() === "off";
    return {
      ...plain,
      title: early("title") ?? plain.title,
      avatar: late("avatar") ?? plain.avatar,
      placeholder: late("placeholder") ?? plain.placeholder,
      texts: { ...plain.texts, disclosure: isOff ? "" : (disclosure ?? plain.texts.disclosure) },
    };
  }

  const told: Told = {
    asked({ id, question }) {
      if (close) keepOpen(() => sessionStorage, key, open.value);
      emit("question", { turn: id, text: question });
    },
    settled({ id, question, answer, citations, end, problem }) {
      if (end === "answered") emit("answer", { turn: id, question, text: answer, citations });
      if (problem) emit("problem", { code: problem.code });
    },
  };
  const running = createConversation(
    worldOf(parts, agent, memory, () => languages.value),
    told,
  );
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

  async function fetchFace(): Promise<void> {
    const fetched = await parts.face();
    if (fetched !== null) arrived.value = fetched;
  }

  const undo = [
    keepKeys(host),
    effect(() => {
      const { accentLight, accentDark } = paletteOf(early("color") ?? face.value.color ?? "");
      shades.replaceSync(`:host{--accent-light:${accentLight};--accent-dark:${accentDark}}`);
      Object.assign(frame.dataset, { mode, position: early("position"), theme: late("theme") });
    }),
    effect(() => speak(languages.value, frame, table)),
    effect(() => {
      const problem = running.problem.value;
      if (problem) emit("problem", { code: problem.code });
    }),
    watchViewport(window, (free) =>
      freeRoom.replaceSync(
        free ? `:host{--viewport-height:${free.height}px;--viewport-top:${free.top}px}` : "",
      ),
    ),
  ];
  addCross(frame);
  void fetchFace();
  void running.restore();
  const panel = mountPanel(slot, {
    conversation,
    texts,
    face,
    starters,
    open,
    mode,
    draft: { value: "" },
    addressOf: (path) => (path.startsWith("/") ? proxy + path : path),
    copy: (text) => copyText(text, window, slot),
    citationOpened: (citation) => emit("citation", citation),
    ...(close && { close }),
  });

  return {
    show(isOpen) {
      open.value = isOpen;
      if (isOpen && arrived.value === null) void fetchFace();
      // Before the first question nothing is kept.
      if (close && memory.recall()) keepOpen(() => sessionStorage, key, isOpen);
    },
    focus: () => panel.focus(),
    ask: (text) => running.ask(text),
    startOver: () => conversation.startOver(),
    refresh: () => changes.value++,
    undo() {
      running.leave();
      panel.undo();
      for (const each of undo) each();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    },
  };
}

/** The conversation's world, made of this browser. */
function worldOf(parts: ChatParts, agent: string, memory: Memory, languages: () => readonly string[]): World {
  const online = () => navigator.onLine;
  return {
    memory,
    online,
    transport: createProxyClient({
      proxy: parts.proxy,
      agent,
      fetch: parts.fetch,
      online,
      schedule(milliseconds, work) {
        const timer = setTimeout(work, milliseconds);
        return () => clearTimeout(timer);
      },
    }),
    newId: () => newId(crypto),
    now: () => Date.now(),
    random: () => Math.random(),
    pause: (milliseconds, signal) => pause(window, milliseconds, signal),
    // The proxy takes well-formed tags only; a page may call its language anything.
    language: () => languages().find((tag) => /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}$/i.test(tag)),
  };
}

/**
 * Fetches our words in the best language there is, and turns the frame the way of the one that is wanted most: it is the
 * one that visitor and agent write, also where our own few words are not to be had in it. A later choice wins.
 */
function speak(wanted: readonly string[], frame: HTMLElement, table: { value: Texts }): () => void {
  const language = bestLanguage(wanted);
  let overtaken = false;
  async function learn(): Promise<void> {
    const texts = await loadTexts(language);
    if (overtaken) return;
    table.value = texts;
    frame.lang = language;
    frame.dir = directionOf(wanted[0] ?? language);
  }
  void learn();
  return () => (overtaken = true);
}
