/** The half of the widget that is loaded on intent: joins conversation, view and the browser's hands into an opened chat. */
import { computed, effect, signal } from "@preact/signals";
import type { AgentFace } from "../proxy/protocol/bodies.ts";
import { readFace } from "./browser/face.ts";
import { keepOpen } from "./browser/open-state.ts";
import { wantedLanguages } from "./browser/page-facts.ts";
import { storageKey } from "./browser/storage-key.ts";
import { createMemory } from "./browser/storage.ts";
import { whoIs } from "./browser/who.ts";
import { watchViewport } from "./browser/viewport.ts";
import { createConversation } from "./conversation/create-conversation.ts";
import type { Conversation, Told } from "./conversation/conversation.ts";
import { worldOf } from "./browser/world.ts";
import type { ChatParts, StartedChat } from "./embed/contract.ts";
import { keepKeys } from "./embed/keys.ts";
import { addCross, launcherOpenStyles } from "./embed/launcher-open.ts";
import { sheetOf } from "./embed/styles.ts";
import { paletteOf } from "./options/color.ts";
import { lateTable } from "./options/table.ts";
import type { LateName, Options } from "./options/table.ts";
import { english } from "./text/english.ts";
import { speak } from "./browser/speak.ts";
import type { KnownTexts } from "./text/load-texts.ts";
import { chatStyles, mountPanel } from "./view/mount.tsx";

const clipboard = () => import("./browser/clipboard.ts");

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
  const identity = () => late("identity") || null;
  let who = whoIs(identity());
  const memory = createMemory(
    () => localStorage,
    key,
    () => who,
  );
  const arrived = signal<unknown>(null);
  const open = signal(false);
  const table = signal<KnownTexts>(english);

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
  const world = worldOf(parts, agent, memory, identity, () => languages.value);
  const running = createConversation(world, told);
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

  /** A person's conversation follows them: where nothing is remembered here, their latest one is asked for. */
  async function follow(): Promise<void> {
    const asked = who;
    const jwt = identity();
    if (!jwt || memory.recall()) return;
    const { latestPlace } = await import("./browser/latest-place.ts");
    const place = await latestPlace(parts.fetch, { proxy, agent, identity: jwt });
    if (!place || who !== asked || memory.recall()) return;
    memory.remember({ place, pending: null });
    void running.restore();
  }

  const undo = [
    keepKeys(host),
    effect(() => {
      const now = whoIs(identity());
      if (now === who) return;
      who = now;
      running.drop();
      if (open.peek()) follow().catch(() => {});
    }),
    effect(() => {
      const { accentLight, accentDark } = paletteOf(early("color") ?? face.value.color ?? "");
      shades.replaceSync(`:host{--accent-light:${accentLight};--accent-dark:${accentDark}}`);
      Object.assign(frame.dataset, { mode, position: early("position"), theme: late("theme") });
    }),
    // Before anybody can press the button: some browsers let it copy only in the breath of the press.
    effect(() => void (running.settled.value.length > 0 && clipboard().catch(() => {}))),
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
    option: (name, option) => (changes.value, parts.read(name, option)),
    addressOf: (path) => (path.startsWith("/") ? proxy + path : path),
    copy: async (text) => (await clipboard()).copyText(text, window, slot),
    citationOpened: (citation) => emit("citation", citation),
    ...(close && { close }),
  });

  return {
    show(isOpen) {
      open.value = isOpen;
      if (isOpen && arrived.value === null) void fetchFace();
      if (isOpen) follow().catch(() => {});
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
