/** The hands that only asking needs, in a file of its own: clipboard, the page one is on, the tab's notes. */
import type { Page } from "../../../proxy/protocol/bodies.ts";
import type { RunningConversation } from "../../conversation/conversation.ts";
import { takeBack } from "../../conversation/stop-turn.ts";
import { followPage } from "../../page/current-page.ts";
import { textOrNull } from "../api/json-object.ts";
import { createTabStorage } from "../storage/tab-storage.ts";
import type { HistoryStore } from "../storage/types.ts";

export { copyText } from "./clipboard.ts";
export { followStarters } from "./starters-by-page.ts";

/** `mayKeep`: whether the owner lets anything outlive the page. */
export function createComposerServices(
  view: Window,
  running: RunningConversation,
  store: HistoryStore,
  mayKeep: () => boolean,
) {
  return {
    takeBack: () => takeBack(running.state, store),
    followPage: (told: (page: Page) => void) => followPage(view, told),
    note: createTabStorage(
      () => view.sessionStorage,
      store.key,
      () => (mayKeep() && store.load() ? (textOrNull(store.read()?.["who"]) ?? "") : null),
    ),
  };
}
