/** Types of all messages that a visitor can see or hear, by name. */
import type { BadReason } from "../../proxy/protocol/contact.ts";
import type { ProblemCode } from "../../proxy/protocol/problems.ts";

/** Messages before the first question; in English they are in the panel's file. */
export type PanelMessages = {
  closeChat: string;
  /** The panel's name when the agent has no title. */
  title: string;
  /** The opening line above the starters, when the conversation is empty. */
  welcome: string;
  tryAsking: string;
  /** Names the composer's field. */
  question: string;
  placeholder: string;
  send: string;
  stop: string;
  retry: string;
  /** In the menu: a new conversation; the present one is archived among the earlier ones. */
  startOver: string;
  /** Names the header's menu. */
  menu: string;
  /** Names the transcript for screen readers. */
  transcript: string;
  /** Shown and announced until the first text arrives. */
  thinking: string;
  /** On the link to the owner's terms, when those are a URL. */
  terms: string;
  /** Read after a link that opens another page. */
  opensInNewTab: string;
  restoring: string;
  /** Shown once: the visitor talks to a machine. */
  disclosure: string;
  /** Near the limit: number of characters left, or by which the question is too long. */
  charactersLeft: (count: number) => string;
  charactersTooMany: (count: number) => string;
  /** Shown when the proxy cannot be reached. */
  unreachable: string;
  /** Shown when the browser has no network. */
  offline: string;
};

/** Messages of a conversation. */
export type ConversationMessages = {
  /** Read before each message by screen readers. */
  youAsked: string;
  agentAnswered: string;
  reconnecting: string;
  stopped: string;
  latest: string;
  dismiss: string;
  copied: string;
  /** On the button in the corner of a code block. */
  copyCode: string;
  /** Names a table or code block that scrolls sideways. */
  scrollable: string;
  /** Names the checkbox of a task list's item; the item's text follows it. */
  task: string;
  sources: string;
  /** On the button that shows the sources beyond the first few. */
  allSources: (count: number) => string;
  /** Number of an answer's sources that are on the current page. */
  sourcesHere: (here: number, all: number) => string;
  /** Read after a source that leads to a passage of the current page. */
  onThisPage: string;
  /** On the button that adds the current page to the question. */
  usePage: string;
  /** On the label that shows that the page's title and URL are sent. */
  usingPage: string;
  /** Names the button that removes that label. */
  withoutPage: string;
  /** Beside a question asked without a network. */
  waitsForNetwork: string;
  /** On the button that withdraws such a question. */
  takeBack: string;
  /** Where the page's identity token has expired; the button reloads the page. */
  signedOut: string;
  reload: string;
  /** Shown when the agent found nothing and the owner has no text for that. */
  noAnswer: string;
  problems: Record<ProblemCode, string>;
};

/** Messages of the actions on a conversation, such as copying and rating. */
export type ActionMessages = {
  cancel: string;
  copyAnswer: string;
  goodAnswer: string;
  badAnswer: string;
  /** Asked after a thumb down; a reason is optional. */
  whyBad: string;
  reasons: Record<BadReason, string>;
  /** Names the field for a reason in the visitor's own words. */
  otherReason: string;
  sendReason: string;
  reasonSent: string;
  /** On the button that puts a question back into the field, to edit it. */
  editQuestion: string;
  /** Above the field while a question is edited. */
  editing: string;
  /** Part of the launcher's name while there are unread answers. */
  unread: (count: number) => string;
  copyConversation: string;
  printConversation: string;
  /** The heading of a conversation that was copied or printed; `agent` is its title. */
  conversationWith: (agent: string) => string;
  deleteConversation: string;
  /** Explains deletion before it is confirmed. */
  deleteExplained: string;
  /** On the button that deletes. */
  confirmDelete: string;
  earlierConversations: string;
  /** Shown instead of an empty list of them. */
  noEarlier: string;
  /** Leads from the list to the conversation. */
  back: string;
  /** Names the button beside one of the list; `name` is its first question. */
  deleteNamed: (name: string) => string;
  contact: string;
  /** Beside a box to tick. */
  attachConversation: string;
  contactMessage: string;
  /** Names the field for the visitor's e-mail address. */
  contactAddress: string;
  sendMessage: string;
  messageSent: string;
};

/** Messages of views up to a first answer. */
export type ViewMessages = PanelMessages & ConversationMessages;

export type Messages = ViewMessages & ActionMessages;
