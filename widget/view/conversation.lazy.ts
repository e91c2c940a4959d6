/** Views of a conversation up to its first answer, in one file, fetched while the visitor reads the welcome or types. */
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

/** To be put into a constructed style sheet beside the chat's other styles. */
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
