/** Actions on a conversation: copy, rate, edit, export, contact, earlier conversations. */
import actions from "../feedback/actions.css?inline";
import editing from "../question/editing.css?inline";
import form from "../contact/form.css?inline";
import history from "../history/history.css?inline";
import toast from "../ui/toast.css?inline";
import sheet from "../ui/sheet.css?inline";

export { ActionOverlays } from "./action-overlays.tsx";
export { AnswerActions } from "../feedback/answer-actions.tsx";
export { ContactSuggestion } from "../contact/contact-suggestion.tsx";
export { EditButton } from "../question/edit-button.tsx";
export { EditingStatus } from "../question/editing-status.tsx";
export { EarlierTurns } from "../transcript/earlier-turns.ts";
export { menuItems } from "./menu-items.ts";

/** Styles of these views, for a constructed style sheet. */
export const actionStyles: string = [actions, form, toast, history, sheet, editing].join("\n");
