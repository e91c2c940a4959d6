/** Ties one chat together: frame, launcher, the agent's face, the chat loaded on intent, and the handle for page scripts. */
import { createOpenState } from "../browser/open-state.ts";
import { storageKey } from "../browser/storage.ts";
import { parseOptions } from "../options/parse-options.ts";
import { isOptionName, optionNames } from "../options/table.ts";
import type { Options } from "../options/table.ts";
import { beginLife } from "./chat-life.ts";
import type { ChatLife } from "./chat-life.ts";
import type { ChatModule, Emit, StartedChat } from "./contract.ts";
import { createFrame, isAlwaysOpen } from "./frame.ts";
import type { Handle } from "./handle.ts";
import { keepToItself } from "./host.ts";
import { warn } from "./warn.ts";

export type Doors = {
  /** Where the proxy is when no option says it, without a closing slash; null when unknown. */
  readonly proxy: string | null;
  /** Loads the chat; every call after a failed one tries again. */
  load(): Promise<ChatModule>;
};

export type Mounted = {
  readonly handle: Handle;
  /** The element stands on the page: fetch the face, show the launcher, open if that is wanted. */
  begin(): void;
  /** Takes over options as a whole. */
  use(options: Options): void;
};

export type Owner = {
  /** The chat has been destroyed. */
  gone(): void;
  /** It belongs elsewhere on the page now. */
  moved(options: Options): void;
};

/** Milliseconds the launcher waits for the agent's colour. */
const longestWaitForColor = 1_500;

/** Options that make it another chat. */
const identity = ["agent", "proxy", "mode", "target"] as const;

export function mountOn(host: HTMLElement, given: Options, doors: Doors, owner: Owner): Mounted {
  const fetchNow = window.fetch.bind(window);
  const frame = createFrame(
    host,
    () => show(!isOpen, true),
    () => void doors.load().catch(() => {}),
  );
  const { launcher, root } = frame;
  const letKeysThrough = keepToItself(host);
  let options = given;
  let isOpen = false;
  let life: ChatLife | null = null;
  let isReady = false;
  let opener: HTMLElement | null = null;
  let revealing: ReturnType<typeof setTimeout> | undefined;

  const proxy = () => (options.proxy ?? doors.proxy ?? "").replace(/\/+$/, "");
  const paint = () => frame.paint(options, life?.shown, proxy());
  const emit: Emit = (name, detail) =>
    host.dispatchEvent(new CustomEvent(`customgpt-${name}`, { detail, bubbles: true, composed: true }));

  function newLife(): ChatLife {
    return beginLife({
      fetch: fetchNow,
      proxy: proxy(),
      agent: options.agent,
      load: () => doors.load(),
      parts: (face) => {
        const close = isAlwaysOpen(options) ? null : () => show(false, true);
        return { ...frame, options, proxy: proxy(), face, fetch: fetchNow, emit, close };
      },
      faced() {
        paint();
        launcher.reveal();
      },
      failed(error) {
        warn(`the chat could not be loaded (${String(error)}).`);
        emit("problem", { code: "unreachable" });
      },
    });
  }

  /** Does something with the chat once it is there; what went wrong until then has been told. */
  async function withChat(use: (chat: StartedChat) => void): Promise<void> {
    const mine = (life ??= newLife());
    launcher.busy(!mine.started);
    const chat = await mine.start();
    if (mine !== life) return;
    launcher.busy(false);
    if (chat) use(chat);
    else show(false, false);
  }

  /** `focus`: whether the focus may move, as it may only when the visitor did something. */
  function show(open: boolean, focus: boolean): void {
    if (open === isOpen || isAlwaysOpen(options)) return;
    isOpen = open;
    launcher.expand(open);
    if (open) {
      const before = document.activeElement;
      opener = before instanceof HTMLElement && before !== document.body && before !== host ? before : null;
      void withChat((chat) => {
        chat.show(isOpen);
        if (isOpen && focus) chat.focus();
      });
    } else {
      const hadFocus = root.activeElement !== null;
      life?.started?.show(false);
      if (hadFocus && focus) (opener?.isConnected ? opener : launcher.button).focus({ preventScroll: true });
    }
    emit(open ? "open" : "close", {});
  }

  function begin(): void {
    if (isReady && life) return;
    paint();
    if (!proxy()) {
      warn("nobody said where the proxy is: give its address with the option proxy.");
      return;
    }
    if (!isReady) queueMicrotask(() => emit("ready", {}));
    isReady = true;
    if (options.color) launcher.reveal();
    revealing = setTimeout(() => launcher.reveal(), longestWaitForColor);
    life ??= newLife();
    void life.face();
    if (isAlwaysOpen(options)) void withChat((chat) => chat.show(true));
    else if (options.open || wasOpen()) show(true, false);
  }

  /** Whether the visitor had it open on the page before. On a small screen it would cover the page they went to. */
  function wasOpen(): boolean {
    const state = createOpenState(() => sessionStorage, storageKey(proxy(), options.agent));
    return state.wasOpen() && !matchMedia("(max-width: 480px), (max-height: 480px)").matches;
  }

  function letGo(): void {
    life?.end();
    life = null;
    isOpen = false;
    clearTimeout(revealing);
    launcher.expand(false);
  }

  function use(next: Options): void {
    const before = options;
    options = next;
    if (identity.some((name) => before[name] !== next[name])) {
      letGo();
      owner.moved(next);
      return;
    }
    paint();
    life?.started?.use(next);
    if (before.open !== next.open) show(next.open, false);
  }

  /** A script may open the chat at any time, but take the focus only while it answers to something the visitor did. */
  const mayFocus = () => navigator.userActivation?.isActive ?? true;

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
      const parsed = parseOptions((name) => changes[name], options);
      const unknown = Object.keys(changes).filter((name) => !isOptionName(name));
      for (const name of unknown) warn(`there is no option "${name}"; there are ${optionNames.join(", ")}.`);
      parsed.warnings.forEach(warn);
      use(parsed.options);
    },
    on(event, listener) {
      const hear = (happening: Event) => happening instanceof CustomEvent && listener(happening.detail);
      host.addEventListener(`customgpt-${event}`, hear);
      return () => host.removeEventListener(`customgpt-${event}`, hear);
    },
    destroy() {
      letGo();
      letKeysThrough();
      frame.undo();
      owner.gone();
    },
  };

  return { handle, begin, use };
}
