/** Types of an answer as it is drawn. */
import type { Texts } from "../../i18n/messages.ts";
import type { Ending } from "./answer-status.ts";
import type { Leading } from "./link-target.ts";
import type { Mended } from "./mended.tsx";

/** What all parts of one answer are drawn with; the same object as long as the chat around it stays the same. */
export type AnswerLook = {
  readonly ending: Ending;
  /** Its blocks, as they are drawn. */
  readonly drawn: Set<Mended>;
  readonly texts: Texts;
  readonly leading: Leading;
  /** The hosts whose pictures may be loaded, with spaces between them. */
  readonly pictures: string;
  /** Puts text on the clipboard; absent where there is none. */
  readonly copy: ((text: string) => Promise<void>) | undefined;
};
