/** Lazy files that the visitor needs once an answer is there. The build makes one file of them: `jointLazyFiles`. */
export * from "../browser/platform/clipboard.lazy.ts";
export * from "../conversation/ratings.lazy.ts";
export * from "../conversation/restore.lazy.ts";
export * from "./tabs.lazy.ts";
export * from "../view/actions/conversation-actions.lazy.ts";
