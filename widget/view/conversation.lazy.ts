/** Views until a first answer, in one file that is fetched while the visitor reads the welcome or types. */
import "./problem/contain-handlers.ts";
import answerLinks from "./answer/answer-links.css?inline";
import answerText from "./answer/answer-text.css?inline";
import answerWide from "./answer/answer-wide.css?inline";
import answer from "./answer/answer.css?inline";
import question from "./question/question.css?inline";
import citations from "./citations/citations.css?inline";
import notice from "./ui/notice.css?inline";
import turns from "./transcript/turns.css?inline";

export { Announcer } from "./a11y/announcer.tsx";
export { Overlays } from "./overlays.tsx";
export { PageContextButton } from "./question/page-context-button.tsx";
export { TurnList } from "./transcript/turn-list.tsx";

/** Styles of these views, for a constructed style sheet. */
export const conversationStyles: string = [
  turns,
  answer,
  answerText,
  answerLinks,
  answerWide,
  citations,
  notice,
  question,
].join("\n");
