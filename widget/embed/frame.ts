/** What stands in the element's shadow root before the chat is there: frame, launcher, an empty slot, and their colours. */
import { paletteOf } from "../options/color.ts";
import type { Options } from "../options/table.ts";
import { hostStyle } from "./host.ts";
import css from "./launcher.css?inline";
import { createLauncher } from "./launcher.ts";
import type { Launcher } from "./launcher.ts";
import { sheetOf } from "./styles.ts";

export type Frame = {
  readonly root: ShadowRoot;
  readonly frame: HTMLElement;
  readonly slot: HTMLElement;
  readonly launcher: Launcher;
  /** Shows the options, and of the agent's face what they leave open. */
  paint(options: Options, face: unknown, proxy: string): void;
  /** Takes everything out again. */
  undo(): void;
};

/** Inline and full, the chat is always open: there is nothing to launch. */
export const isAlwaysOpen = ({ mode }: Options): boolean => mode === "inline" || mode === "full";

/** One text of an unchecked face. */
function textIn(face: unknown, name: string): string | null {
  const value: unknown = typeof face === "object" && face !== null ? Reflect.get(face, name) : null;
  return typeof value === "string" && value !== "" ? value : null;
}

export function createFrame(host: HTMLElement, press: () => void, reach: () => void): Frame {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const settings = sheetOf("");
  const frame = document.createElement("div");
  const slot = document.createElement("div");
  const launcher = createLauncher(press, reach);
  frame.className = "frame";
  // Keeps a `title` attribute on the element, which is an option here, from becoming a tooltip over everything.
  frame.title = "";
  slot.className = "slot";
  frame.append(launcher.button, slot);
  root.adoptedStyleSheets = [sheetOf(css), settings];
  root.replaceChildren(frame);
  return {
    root,
    frame,
    slot,
    launcher,
    paint(options, face, proxy) {
      const { mode, position, theme, offset } = options;
      const palette = paletteOf(options.color ?? textIn(face, "color") ?? "");
      const picture = textIn(face, "launcherPicture");
      Object.assign(frame.dataset, { mode, position, theme });
      settings.replaceSync(
        `:host{${hostStyle[mode]};--offset:${offset}px;--accent:${palette.accent};--on-accent:${palette.onAccent};` +
          `--accent-light:${palette.accentLight};--accent-dark:${palette.accentDark}}`,
      );
      launcher.button.hidden = isAlwaysOpen(options);
      launcher.name(options.label ?? options.title ?? textIn(face, "title") ?? "Chat");
      if (picture) launcher.picture(proxy + picture);
    },
    undo() {
      root.replaceChildren();
      root.adoptedStyleSheets = [];
    },
  };
}
