/** Types of all messages that a visitor can see or hear, by name. */
import type { BadReason } from "../../proxy/protocol/contact.ts";
import type { ProblemCode } from "../../proxy/protocol/problems.ts";

/** What can be seen or heard before anything was asked; in English these come with the panel. */
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
  /** Shown and said while the first words are awaited. */
  thinking: string;
  /** On the link to the owner's terms, when they gave an address. */
  terms: string;
  /** Said after a link that leaves the page. */
  opensInNewTab: string;
  restoring: string;
  /** Shown once: one is talking to a machine. */
  disclosure: string;
  /** Near the limit: how many characters are left, or by how many the question is too long. */
  charactersLeft: (count: number) => string;
  charactersTooMany: (count: number) => string;
  /** What to say when the proxy cannot be reached at all. */
  unreachable: string;
  /** The same where the browser knows that there is no network. */
  offline: string;
};

/** What comes with a conversation. */
export type ConversationMessages = {
  /** Said before each message by screen readers. */
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
  /** Names the box of an item of a list of tasks; the item's own words follow it. */
  task: string;
  sources: string;
  /** On the button that shows the sources beyond the first few. */
  allSources: (count: number) => string;
  /** How many of an answer's sources lead to the page one is on. */
  sourcesHere: (here: number, all: number) => string;
  /** Said after a source that leads to a passage of the page one is on. */
  onThisPage: string;
  /** Offers to tell the agent which page one is on. */
  usePage: string;
  /** Stands on the sign that the page's title and address go along. */
  usingPage: string;
  /** Names the cross on that sign. */
  withoutPage: string;
  /** Beside a question asked without a network. */
  waitsForNetwork: string;
  /** Takes such a question back before it is sent. */
  takeBack: string;
  /** Where the page's identity token has expired; the button reloads the page. */
  signedOut: string;
  reload: string;
  /** Where the agent found nothing and has no words of its own for that. */
  noAnswer: string;
  problems: Record<ProblemCode, string>;
};

/** What comes with the actions on a conversation, such as copying and rating. */
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
  /** Puts a question back into the field, to be asked otherwise. */
  editQuestion: string;
  /** Above the field meanwhile. */
  editing: string;
  /** Part of the launcher's name while answers wait that came when the chat was closed. */
  unread: (count: number) => string;
  copyConversation: string;
  printConversation: string;
  /** The heading of a conversation that was copied or printed; `agent` is its title. */
  conversationWith: (agent: string) => string;
  deleteConversation: string;
  /** What deleting means, before it is done. */
  deleteExplained: string;
  /** On the button that does it. */
  confirmDelete: string;
  earlierConversations: string;
  /** Stands in place of an empty list of them. */
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

/** What views up to a first answer can show. */
export type ViewMessages = PanelMessages & ConversationMessages;

export type Messages = ViewMessages & ActionMessages;
