/** Printing in a temporary frame with its own document; the page is not touched. */
import { render } from "preact";
import answerLinks from "../answer/answer-links.css?inline";
import answerText from "../answer/answer-text.css?inline";
import answerWide from "../answer/answer-wide.css?inline";
import type { Chat } from "../chat-context.ts";
import { isTouched } from "../a11y/focus.ts";
import { delay } from "../timing.ts";
import paper from "./print-conversation.css?inline";
import { PrintedConversation } from "./printed-conversation.tsx";
import { titleOf } from "../agent-title.ts";
import { actionMessagesOf } from "../actions/use-action-messages.ts";

/** Time until the frame is removed (milliseconds): phones and tablets fire `afterprint` when printing starts. */
const grace = { byPointer: 1_000, touched: 60_000 };

/** Removes the last frame. */
let disposeLast: () => void = () => {};

/** `panel` is the chat's element on the page; the frame is put beside it, and is removed with it too. */
export function printConversation(chat: Chat, panel: Element, date: string): void {
  disposeLast();
  const page = panel.ownerDocument;
  const frame = page.createElement("iframe");
  frame.className = "printed";
  frame.ariaHidden = "true";
  frame.tabIndex = -1;
  panel.after(frame);
  const view = frame.contentWindow;
  const paged = frame.contentDocument;
  const Sheet: unknown = view && Reflect.get(view, "CSSStyleSheet");
  if (!view || !paged || !isSheetMaker(Sheet)) {
    frame.remove();
    throw new Error("There is no place to print from.");
  }
  const surroundings = panel.closest<HTMLElement>("[lang]");
  paged.documentElement.lang = surroundings?.lang ?? "";
  paged.documentElement.dir = surroundings?.dir ?? "";
  paged.title = actionMessagesOf(chat).peek().conversationWith(titleOf(chat));
  // A constructed style sheet works only in the document that made it.
  const sheet = new Sheet();
  sheet.replaceSync([answerText, answerLinks, answerWide, paper].join("\n"));
  paged.adoptedStyleSheets = [sheet];
  // Rendered in the page's document, like the rest of the chat, then moved into the frame's.
  const printed = page.createElement("main");
  render(<PrintedConversation chat={chat} date={date} />, printed);
  paged.body.append(printed);

  let stop: () => void = () => {};
  disposeLast = () => {
    stop();
    render(null, printed);
    frame.remove();
    disposeLast = () => {};
  };
  view.addEventListener("afterprint", () => {
    stop();
    stop = delay(isTouched(panel) ? grace.touched : grace.byPointer, () => disposeLast());
  });
  view.print();
}

function isSheetMaker(value: unknown): value is typeof CSSStyleSheet {
  return typeof value === "function";
}
