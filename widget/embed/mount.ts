/** Mount of one chat: its element's content and state, and what happens once the element is in the page. */
import { sheetOf } from "../builtins/stylesheet.ts";
import { wasOpen } from "../browser/storage/panel-state.ts";
import { storageKey } from "../browser/storage/keys.ts";
import { readOption } from "../options/read-option.ts";
import type { OptionSource } from "../options/read-option.ts";
import { optionsIn } from "./host-styles.ts";
import css from "./launcher.css?inline";
import { createLauncher, loadProfile, paint, reveal } from "./launcher.ts";
import { show, withChat } from "./panel.ts";
import type { EntryOptions, Mount } from "./types.ts";
import { warn } from "./warn.ts";

/** Milliseconds that the launcher waits for the agent's colour. */
const colorTimeoutMs = 1_500;

export function createMount(
  host: HTMLElement,
  initialSource: OptionSource,
  entryOptions: EntryOptions,
): Mount {
  let source = initialSource;
  const currentSource: OptionSource = (name) => source(name);
  const option = optionsIn(currentSource);
  const proxy = (option("proxy") ?? entryOptions.proxy ?? "").replace(/\/+$/, "");
  const mode = option("mode");
  const agent = option("agent");
  const isAlwaysOpen = mode === "inline" || mode === "full";

  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const settings = sheetOf("");
  const frame = document.createElement("div");
  const slot = document.createElement("div");
  const launcherButton = createLauncher(
    () => show(mount, !mount.isShown, true),
    () => void entryOptions.load().catch(() => {}),
  );
  frame.className = "frame";
  // The attribute `title` is an option here; without this it would be a tooltip over the whole chat.
  frame.title = "";
  frame.append(slot);
  if (!isAlwaysOpen) frame.prepend(launcherButton);
  root.adoptedStyleSheets = [sheetOf(css), settings];
  root.replaceChildren(frame);

  const mount: Mount = {
    host,
    root,
    frame,
    slot,
    proxy,
    option,
    readOption: (table, name) => readOption(name, table[name], currentSource, warn),
    emit: (name, detail) =>
      host.dispatchEvent(new CustomEvent(`customgpt-${name}`, { detail, bubbles: true, composed: true })),
    close: isAlwaysOpen ? null : () => show(mount, false, true),
    fetch: fetch.bind(window),
    fetchProfile: () => (mount.fetching ??= loadProfile(mount)),
    changeOptions(changes) {
      const before = source;
      const changed: Readonly<Record<string, unknown>> = { ...changes };
      source = (name) => changed[name] ?? before(name);
    },
    agent,
    entryOptions,
    launcherButton,
    settings,
    isShown: isAlwaysOpen,
    openOption: option("open"),
    isOver: false,
    agentProfile: {},
    fetching: null,
    starting: null,
    started: null,
    revealing: undefined,
  };
  return mount;
}

/** Shows the chat; called once its element is in the page. */
export function start(mount: Mount): void {
  const { option, proxy, agent } = mount;
  if (mount.isOver) return;
  paint(mount);
  queueMicrotask(() => mount.emit("ready", {}));
  if (!proxy) return warn("there is no proxy.");
  if (option("color")) reveal(mount);
  mount.revealing = setTimeout(reveal, colorTimeoutMs, mount);
  void mount.fetchProfile();
  // On a small screen a chat left open would cover the page that the visitor has gone to.
  const again =
    wasOpen(() => sessionStorage, storageKey(proxy, agent)) && innerWidth > 480 && innerHeight > 480;
  if (!mount.close) withChat(mount, (chat) => chat.show(true, false));
  else if (option("open") || again) show(mount, true, false);
}
