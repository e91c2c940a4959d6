/** What only answers need, as a file of its own: it is fetched while the visitor reads the welcome or types. */
import answerText from "./answer-text.css?inline";
import citations from "./citations.css?inline";

export { AnswerActions } from "./answer-actions.tsx";
export { AnswerText } from "./answer-text.tsx";
export { Citations } from "./citations.tsx";

/** To be put into a constructed style sheet beside the chat's other styles. */
export const answerStyles: string = answerText + citations;
