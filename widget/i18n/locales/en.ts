/** Every English sentence that can be seen or heard before anything was asked; the others are in en.conversation.ts and en.actions.ts. */
import type { PanelMessages } from "../messages.ts";

export const english: PanelMessages = {
  closeChat: "Close chat",
  title: "Chat",
  welcome: "How can I help?",
  tryAsking: "Try asking",
  question: "Your question",
  placeholder: "Ask a question…",
  send: "Send",
  stop: "Stop answering",
  retry: "Try again",
  startOver: "Start over",
  menu: "More options",
  transcript: "Conversation",
  thinking: "Looking for the answer…",
  terms: "Terms of use",
  opensInNewTab: "(opens in a new tab)",
  restoring: "Fetching your conversation…",
  disclosure: "You are talking to an AI, which can make mistakes.",
  charactersLeft: (count) => (count === 1 ? "1 character left" : `${count} characters left`),
  charactersTooMany: (count) => (count === 1 ? "1 character too many" : `${count} characters too many`),
  unreachable: "The chat can’t be reached right now.",
  offline: "You seem to be offline. Check your connection and try again.",
};
