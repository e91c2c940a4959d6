/** Composer services: the current page, notes of this tab, and withdrawal of an unsent question. */
import type { Page } from "../../../proxy/protocol/bodies.ts";
import type { RunningConversation } from "../../conversation/conversation.ts";
import { withdrawQuestion } from "../../conversation/stop-turn.ts";
import { followPage } from "../../page/current-page.ts";
import { textOrNull } from "../api/json-object.ts";
import { createTabStorage } from "../storage/tab-storage.ts";
import type { HistoryStore } from "../storage/types.ts";

/** `mayKeep`: whether the owner allows storage beyond the page. */
export function createComposerServices(
  view: Window,
  running: RunningConversation,
  store: HistoryStore,
  mayKeep: () => boolean,
) {
  return {
    withdraw: () => withdrawQuestion(running.state, store),
    followPage: (onChange: (page: Page) => void) => followPage(view, onChange),
    note: createTabStorage(
      () => view.sessionStorage,
      store.key,
      () => (mayKeep() && store.load() ? (textOrNull(store.read()?.["who"]) ?? "") : null),
    ),
  };
}
