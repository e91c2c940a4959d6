/** Loader of the views that a first answer needs. */
import { createViewLoader } from "../view-loader.ts";

/** The same for every chat on a page. While they are missing, turns are shown as plain text. */
export const conversationView = createViewLoader(() => import("../conversation.lazy.ts"));
