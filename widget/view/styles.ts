/** The opened chat's style sheets as one text, to be put into a constructed style sheet. */
import answerText from "./answer-text.css?inline";
import answer from "./answer.css?inline";
import citations from "./citations.css?inline";
import composer from "./composer.css?inline";
import header from "./header.css?inline";
import notice from "./notice.css?inline";
import panel from "./panel.css?inline";
import tokens from "./tokens.css?inline";
import transcript from "./transcript.css?inline";
import welcome from "./welcome.css?inline";

export const chatStyles: string = [
  tokens,
  panel,
  header,
  transcript,
  welcome,
  answer,
  answerText,
  citations,
  notice,
  composer,
].join("\n");
