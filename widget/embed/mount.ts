/** Ties one chat together: the element's inside, the agent's face, the chat loaded on intent, and the page's handle. */
import { fetchFace } from "../browser/fetch-face.ts";
import { wasOpen } from "../browser/open-state.ts";
import { storageKey } from "../browser/storage-key.ts";
import { accentOf } from "../options/color.ts";
import { readOption } from "../options/read-option.ts";
import type { Said } from "../options/read-option.ts";
import { earlyTable } from "../options/table.ts";
import type { EarlyName, Options } from "../options/table.ts";
import type { ChatModule, Emit, StartedChat } from "./contract.ts";
import type { Handle } from "./handle.ts";
import css from "./launcher.css?inline";
import { createLauncher } from "./launcher.ts";
import { sheetOf } from "./styles.ts";
import { warn } from "./warn.ts";

export type Doors = {
  /** Where the proxy is when no option says it; null when unknown. */
  readonly proxy: string | null;
  /** Loads the chat; every call after a failed one tries again. */
  load(): Promise<ChatModule>;
};

export type Mounted = {
  readonly handle: Handle;
  /** Shows it, once the element stands on the page. */
  readonly begin: () => void;
  /** Something may have been said anew about the options. */
  readonly refresh: () => void;
};

/** Milliseconds the launcher waits for the agent's colour. */
const longestWaitForColor = 1_500;

/** The element's own style. What floats is shielded from the page's rules; what stands in the page can be sized by them. */
const inPlace = "display:block;position:relative;height:100%;min-height:480px";
const floating = "all:initial!important;position:fixed!important;z-index:2147483000!important";

/** The early options, each read when it is asked for. */
export function optionsIn(said: Said): <Name extends EarlyName>(name: Name) => Options[Name] {
  return (name) => readOption(name, earlyTable[name], said, warn);
}

/** `gone` is called when the chat has been destroyed. */
export function mountOn(host: HTMLElement, saidFirst: Said, doors: Doors, gone: () => void): Mounted {
  let said = saidFirst;
  const option = optionsIn((name) => said(name));
  const proxy = (option("proxy") ?? doors.proxy ?? "").replace(/\/+$/, "");
  const mode = option("mode");
  const agent = option("agent");
  const isAlwaysOpen = mode === "inline" || mode === "full";
  const key = storageKey(proxy, agent);
  const fetchNow = window.fetch.bind(window);

  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const settings = sheetOf("");
  const frame = document.createElement("div");
  const slot = document.createElement("div");
  const launcher = createLauncher(
    () => show(!isOpen, true),
    () => void doors.load().catch(() => {}),
  );

  let isOpen = isAlwaysOpen;
  let wasOpenAtFirst = option("open");
  let isOver = false;
  let face: Promise<unknown> | null = null;
  let shown: object = {};
  let chat: Promise<StartedChat> | null = null;
  let started: StartedChat | null = null;
  let revealing: ReturnType<typeof setTimeout> | undefined;

  const emit: Emit = (name, detail) =>
    host.dispatchEvent(new CustomEvent(`customgpt-${name}`, { detail, bubbles: true, composed: true }));

  /** A text of the face, which nobody has checked yet. */
  function faceText(name: string): string {
    const text: unknown = Reflect.get(shown, name);
    return typeof text === "string" ? text : "";
  }

  function paint(): void {
    const position = option("position");
    const offset = `${option("offset")}px`;
    const { accent, onAccent } = accentOf(option("color") ?? faceText("color"));
    settings.replaceSync(
      `:host{${mode === "inline" ? inPlace : floating}${mode === "full" ? ";inset:0!important" : ""};--offset:${offset};` +
        `--accent:${accent};--on-accent:${onAccent}}.launcher{${position}:${offset}}`,
    );
    launcher.setAttribute("aria-label", option("label") ?? option("title") ?? (faceText("title") || "Chat"));
  }

  const reveal = () => launcher.classList.remove("unknown");

  async function loadFace(): Promise<unknown> {
    const fetched = await fetchFace(fetchNow, proxy, agent);
    if (typeof fetched === "object" && fetched) {
      shown = fetched;
      paint();
      const picture = faceText("launcherPicture");
      if (picture) {
        const image = new Image();
        image.alt = "";
        image.src = proxy + picture;
        image.addEventListener("load", () => launcher.replaceChildren(image));
      }
    } else face = null;
    reveal();
    return fetched;
  }
  const theFace = () => (face ??= loadFace());

  async function startChat(): Promise<StartedChat> {
    const half = await doors.load();
    if (isOver) throw new Error("destroyed");
    const close = isAlwaysOpen ? null : () => show(false, true);
    return (started = half.startChat({
      host,
      root,
      frame,
      slot,
      proxy,
      emit,
      warn,
      close,
      said: (name) => said(name),
      face: theFace,
      fetch: fetchNow,
    }));
  }

  /** Does something with the chat once it is there. */
  async function withChat(use: (chat: StartedChat) => void): Promise<void> {
    launcher.setAttribute("aria-busy", `${!started}`);
    try {
      use(await (chat ??= startChat()));
    } catch (error) {
      if (isOver) return;
      chat = null;
      warn(`the chat could not be loaded: ${String(error)}`);
      emit("problem", { code: "unreachable" });
      show(false, false);
    }
    launcher.setAttribute("aria-busy", "false");
  }

  /** `focus`: whether the focus may move, as it may only when the visitor did something. */
  function show(open: boolean, focus: boolean): void {
    if (isAlwaysOpen || isOpen === open) return;
    isOpen = open;
    launcher.setAttribute("aria-expanded", `${open}`);
    emit(open ? "open" : "close", {});
    if (open) {
      void withChat((chat) => {
        chat.show(isOpen);
        if (isOpen && focus) chat.focus();
      });
    } else {
      const hadFocus = root.activeElement;
      started?.show(false);
      if (hadFocus && focus) launcher.focus({ preventScroll: true });
    }
  }

  /** A script may open the chat at any time, but take the focus only while it answers to something the visitor did. */
  const mayFocus = () => navigator.userActivation?.isActive ?? true;

  function refresh(): void {
    paint();
    started?.use((name) => said(name));
    const open = option("open");
    if (open !== wasOpenAtFirst) show((wasOpenAtFirst = open), false);
  }

  frame.className = "frame";
  // Keeps a `title` attribute on the element, which is an option here, from becoming a tooltip over everything.
  frame.title = "";
  slot.className = "slot";
  frame.append(...(isAlwaysOpen ? [] : [launcher]), slot);
  root.adoptedStyleSheets = [sheetOf(css), settings];
  root.replaceChildren(frame);

  const handle: Handle = {
    open: () => show(true, mayFocus()),
    close: () => show(false, mayFocus()),
    toggle: () => show(!isOpen, mayFocus()),
    ask(text) {
      show(true, mayFocus());
      void withChat((chat) => chat.ask(text));
    },
    startOver: () => void withChat((chat) => chat.startOver()),
    set(changes) {
      const before = said;
      const changed: Readonly<Record<string, unknown>> = { ...changes };
      said = (name) => changed[name] ?? before(name);
      refresh();
    },
    on(event, listener) {
      const hear = (happening: Event) => happening instanceof CustomEvent && listener(happening.detail);
      host.addEventListener(`customgpt-${event}`, hear);
      return () => host.removeEventListener(`customgpt-${event}`, hear);
    },
    destroy() {
      isOver = true;
      clearTimeout(revealing);
      started?.undo();
      root.replaceChildren();
      root.adoptedStyleSheets = [];
      gone();
    },
  };

  return {
    handle,
    refresh,
    begin() {
      if (isOver) return;
      paint();
      queueMicrotask(() => emit("ready", {}));
      if (!proxy) return warn("nobody said where the proxy is; the option proxy can.");
      if (option("color")) reveal();
      revealing = setTimeout(reveal, longestWaitForColor);
      void theFace();
      // On a small screen a chat left open would cover the page that the visitor went to.
      const again = wasOpen(() => sessionStorage, key) && innerWidth > 480 && innerHeight > 480;
      if (isAlwaysOpen) void withChat((chat) => chat.show(true));
      else if (option("open") || again) show(true, false);
    },
  };
}
