/** Effects of the opened chat outside its panel: styles, language, starters by page, events about problems. */
import { effect } from "@preact/signals";
import { speak } from "../browser/platform/apply-language.ts";
import { watchViewport } from "../browser/platform/visual-viewport.ts";
import type { RunningConversation } from "../conversation/conversation.ts";
import { isolateEvents } from "../embed/isolate-events.ts";
import { launcherOpenStyles } from "../embed/launcher-open.ts";
import { sheetOf } from "../builtins/stylesheet.ts";
import type { ChatDeps } from "../embed/types.ts";
import { paletteOf } from "../options/color.ts";
import { chatStyles } from "../view/mount.tsx";
import { unparsed } from "./chat-model.ts";
import type { ChatModel } from "./chat-model.ts";

/** Returns what undoes it. */
export function followModel(
  { host, root, frame, emit }: ChatDeps,
  { bootOption, option, panelOption, chosenStarters, loadedMessages, profile, mode, languageTags }: ChatModel,
  running: RunningConversation,
): readonly (() => void)[] {
  const shades = sheetOf("");
  const freeRoom = sheetOf("");
  const sheets = [sheetOf(chatStyles), sheetOf(launcherOpenStyles), shades, freeRoom];
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];

  return [
    isolateEvents(host),
    effect(() => {
      const { accentLight, accentDark } = paletteOf(bootOption("color") ?? profile.value.color ?? "");
      shades.replaceSync(`.frame{--cgw-accent-light:${accentLight};--cgw-accent-dark:${accentDark}}`);
      Object.assign(frame.dataset, {
        mode,
        position: bootOption("position"),
        theme: panelOption("theme"),
      });
    }),
    effect(() => {
      if (option(unparsed, "starters") === null) return void (chosenStarters.value = null);
      // The agent's own ones would appear for a moment only.
      chosenStarters.value = chosenStarters.peek() ?? [];
      const following = import("../browser/platform/starters-by-page.lazy.ts").then(
        ({ followStarters }) => followStarters(window, option, chosenStarters),
        () => () => {},
      );
      return () => void following.then((undo) => undo());
    }),
    effect(() => speak(languageTags.value, frame, loadedMessages)),
    effect(() => {
      const problem = running.problem.value;
      if (problem) emit("problem", { code: problem.code });
    }),
    watchViewport(window, (free) =>
      freeRoom.replaceSync(
        free ? `.frame{--cgw-viewport-height:${free.height}px;--cgw-viewport-top:${free.top}px}` : "",
      ),
    ),
    () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))),
  ];
}
