/** Types for rendering an answer. */
import type { ViewMessages } from "../../i18n/messages.ts";
import type { AnswerStatus } from "./answer-status.ts";
import type { LinkTarget } from "./link-target.ts";
import type { RepairedText } from "./text-repair.tsx";

/** Context for rendering all parts of an answer; the same object as long as the surrounding chat is the same. */
export type RenderContext = {
  readonly status: AnswerStatus;
  /** Its rendered blocks. */
  readonly drawn: Set<RepairedText>;
  readonly texts: ViewMessages;
  readonly linkTarget: LinkTarget;
  /** The hosts whose pictures may be loaded, with spaces between them. */
  readonly pictures: string;
  /** Copies text to the clipboard; absent where there is no clipboard. */
  readonly copy: ((text: string) => Promise<void>) | undefined;
};
