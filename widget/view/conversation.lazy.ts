/** All views that come with a conversation, in one file, fetched while the visitor reads the welcome or types. */
import "./problem/contain-handlers.ts";
import answerLinks from "./answer/answer-links.css?inline";
import answerText from "./answer/answer-text.css?inline";
import answerWide from "./answer/answer-wide.css?inline";
import answer from "./answer/answer.css?inline";
import asking from "./question/asking.css?inline";
import citations from "./citations/citations.css?inline";
import kept from "./history/kept.css?inline";
import form from "./contact/form.css?inline";
import notice from "./ui/notice.css?inline";
import passing from "./ui/passing-word.css?inline";
import sheet from "./ui/sheet.css?inline";
import turns from "./transcript/turns.css?inline";

export { Announcer } from "./a11y/announcer.tsx";
export { Overlays } from "./overlays.tsx";
export { menuItems } from "./menu-items.ts";
export { PageButton } from "./question/page-context-button.tsx";
export { Turns } from "./transcript/turn-list.tsx";

/** To be put into a constructed style sheet beside the chat's other styles. */
export const conversationStyles: string = [
  turns,
  answer,
  answerText,
  answerLinks,
  answerWide,
  citations,
  notice,
  form,
  passing,
  kept,
  sheet,
  asking,
].join("\n");
