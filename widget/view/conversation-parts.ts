/** What only a begun conversation needs, as a file of its own: fetched while the visitor reads the welcome or types. */
import "./contain-handlers.ts";
import answerLinks from "./answer-links.css?inline";
import answerText from "./answer-text.css?inline";
import answerWide from "./answer-wide.css?inline";
import answer from "./answer.css?inline";
import asking from "./asking.css?inline";
import citations from "./citations.css?inline";
import kept from "./kept.css?inline";
import form from "./form.css?inline";
import notice from "./notice.css?inline";
import passing from "./passing-word.css?inline";
import sheet from "./sheet.css?inline";
import turns from "./turns.css?inline";

export { Announcer } from "./announcer.tsx";
export { Asides } from "./asides.tsx";
export { menuItems } from "./menu-items.ts";
export { PageOffer } from "./page-offer.tsx";
export { Turns } from "./turns.tsx";

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
