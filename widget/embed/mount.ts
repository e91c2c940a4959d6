/** Mount of one chat: its element, the agent's profile, the chat loaded on intent, and the page's handle. */
import { readOption } from "../options/read-option.ts";
import { wasOpen } from "../browser/storage/panel-state.ts";
import { fetchProfile } from "../browser/api/fetch-agent.ts";
import type { OptionSource } from "../options/read-option.ts";
import type { ChatHandle } from "./handle.ts";
import { warn } from "./warn.ts";
import css from "./launcher.css?inline";
import { subscribe } from "./handle.ts";
import { hostStyles, optionsIn, textIn } from "./host-styles.ts";
import { createLauncher, showPicture, unavailable } from "./launcher.ts";
import { storageKey } from "../browser/storage/keys.ts";
import type { ChatDeps, ChatInstance, Emit, EntryOptions } from "./types.ts";
import { sheetOf } from "./stylesheet.ts";

export type MountedChat = {
  readonly handle: ChatHandle;
  /** Shows the chat; called once the element is in the page. */
  readonly start: () => void;
  /** Reads the options again after one may have changed. */
  readonly refresh: () => void;
};

/** Milliseconds that the launcher waits for the agent's colour. */
const colorTimeoutMs = 1_500;

/** `gone` is called when the chat has been destroyed. */
export function mountOn(
  host: HTMLElement,
  initialSource: OptionSource,
  entry: EntryOptions,
  gone: () => void,
): MountedChat {
  let source = initialSource;
  const currentSource: OptionSource = (name) => source(name);
  const option = optionsIn(currentSource);
  const read: ChatDeps["readOption"] = (table, name) => readOption(name, table[name], currentSource, warn);
  const proxy = (option("proxy") ?? entry.proxy ?? "").replace(/\/+$/, "");
  const mode = option("mode");
  const agent = option("agent");
  const isAlwaysOpen = mode === "inline" || mode === "full";
  const key = storageKey(proxy, agent);
  const fetchNow = fetch.bind(window);

  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const settings = sheetOf("");
  const frame = document.createElement("div");
  const slot = document.createElement("div");
  const launcher = createLauncher(
    () => show(!isOpen, true),
    () => void entry.load().catch(() => {}),
  );

  let isOpen = isAlwaysOpen;
  let wasOpenAtFirst = option("open");
  let isOver = false;
  let fetching: Promise<unknown> | null = null;
  let shown: object = {};
  let chat: Promise<ChatInstance> | null = null;
  let started: ChatInstance | null = null;
  let revealing: ReturnType<typeof setTimeout> | undefined;

  const profileText = (name: string) => textIn(shown, name);
  const emit: Emit = (name, detail) =>
    host.dispatchEvent(new CustomEvent(`customgpt-${name}`, { detail, bubbles: true, composed: true }));

  function paint(): void {
    settings.replaceSync(hostStyles(option, profileText("color")));
    const name = option("label") ?? option("title") ?? (profileText("title") || "Chat");
    launcher.setAttribute("aria-label", launcher.title || name);
    launcher.setAttribute("aria-expanded", `${isOpen}`);
  }

  const reveal = () => (launcher.className = "launcher");

  async function loadProfile(): Promise<unknown> {
    const fetched = await fetchProfile(fetchNow, proxy, agent);
    if (fetched) {
      shown = fetched;
      paint();
      const picture = profileText("launcherPicture");
      if (picture) showPicture(launcher, proxy + picture);
    } else {
      fetching = null;
      entry
        .load()
        .then((half) => half.explain({ proxy, fetch: fetchNow }, agent))
        .then(warn, warn);
    }
    reveal();
    return fetched;
  }
  const profileOnce = () => (fetching ??= loadProfile());

  async function startChat(): Promise<ChatInstance> {
    const half = await entry.load();
    if (isOver) throw new Error();
    if (isAlwaysOpen) launcher.remove();
    const close = isAlwaysOpen ? null : () => show(false, true);
    const services = { option, readOption: read, emit, close, fetch: fetchNow, fetchProfile: profileOnce };
    return (started = half.startChat({ host, root, frame, slot, proxy, ...services }));
  }

  /** Calls `use` with the chat once it is started. */
  function withChat(use: (chat: ChatInstance) => void): void {
    launcher.setAttribute("aria-busy", `${!started}`);
    launcher.title = "";
    (chat ??= startChat())
      .then(use)
      .catch((error: unknown) => {
        if (isOver) return;
        chat = null;
        launcher.title = unavailable;
        warn(`the chat cannot be loaded: ${String(error)}`);
        emit("problem", { code: "unreachable" });
        show(false, false);
        // A chat without a launcher needs a button to retry with, too.
        if (!launcher.parentNode) frame.prepend(launcher);
      })
      .finally(() => {
        launcher.setAttribute("aria-busy", "false");
        paint();
      })
      .catch(warn);
  }

  /** `focus`: whether the focus may move; only after an action of the visitor. */
  function show(open: boolean, focus: boolean): void {
    if ((isAlwaysOpen && started) || isOpen === open) return;
    isOpen = open;
    paint();
    emit(open ? "open" : "close", {});
    if (open) withChat((chat) => chat.show(isOpen, focus));
    else started?.show(false, focus);
  }

  /** A script may open the chat at any time, but move the focus only in response to an action of the visitor. */
  const mayFocus = () => navigator.userActivation?.isActive ?? true;

  function refresh(): void {
    paint();
    started?.refresh();
    const open = option("open");
    if (open !== wasOpenAtFirst) show((wasOpenAtFirst = open), false);
  }

  frame.className = "frame";
  // The attribute `title` is an option here; without this it would be a tooltip over the whole chat.
  frame.title = "";
  frame.append(...(isAlwaysOpen ? [] : [launcher]), slot);
  root.adoptedStyleSheets = [sheetOf(css), settings];
  root.replaceChildren(frame);

  const handle: ChatHandle = {
    open: () => show(true, mayFocus()),
    close: () => show(false, mayFocus()),
    toggle: () => show(!isOpen, mayFocus()),
    ask(text) {
      show(true, mayFocus());
      withChat((chat) => chat.ask(text));
    },
    startOver: () => withChat((chat) => chat.startOver()),
    set(changes) {
      const before = source;
      const changed: Readonly<Record<string, unknown>> = { ...changes };
      source = (name) => changed[name] ?? before(name);
      refresh();
    },
    on: (event, listener) => subscribe(host, event, listener),
    destroy() {
      if (isOver) return;
      isOver = true;
      clearTimeout(revealing);
      started?.dispose();
      root.replaceChildren();
      root.adoptedStyleSheets = [];
      gone();
    },
  };

  return {
    handle,
    refresh,
    start() {
      if (isOver) return;
      paint();
      queueMicrotask(() => emit("ready", {}));
      if (!proxy) return warn("there is no proxy.");
      if (option("color")) reveal();
      revealing = setTimeout(reveal, colorTimeoutMs);
      void profileOnce();
      // On a small screen a chat left open would cover the page that the visitor has gone to.
      const again = wasOpen(() => sessionStorage, key) && innerWidth > 480 && innerHeight > 480;
      if (isAlwaysOpen) withChat((chat) => chat.show(true, false));
      else if (option("open") || again) show(true, false);
    },
  };
}
