/** Every English sentence that comes with the actions on a conversation. */
import type { ActionMessages } from "../messages.ts";

export const englishActions: ActionMessages = {
  cancel: "Cancel",
  copyAnswer: "Copy answer",
  goodAnswer: "Good answer",
  badAnswer: "Bad answer",
  whyBad: "What was wrong with it?",
  reasons: {
    incorrect: "It is not true",
    incomplete: "Something is missing",
    offTopic: "I asked something else",
    unclear: "Hard to understand",
  },
  otherReason: "In your own words",
  sendReason: "Send",
  reasonSent: "Thank you for telling us.",
  editQuestion: "Edit question",
  editing: "You are editing an earlier question.",
  unread: (count) => (count === 1 ? "1 unread answer" : `${count} unread answers`),
  copyConversation: "Copy conversation",
  printConversation: "Print conversation",
  conversationWith: (agent) => `Conversation with ${agent}`,
  deleteConversation: "Delete conversation",
  deleteExplained:
    "This deletes the conversation on this device and where it was answered. It can’t be brought back.",
  confirmDelete: "Delete",
  earlierConversations: "Earlier conversations",
  noEarlier: "No conversations are kept on this device.",
  back: "Back to the conversation",
  deleteNamed: (name) => `Delete “${name}”`,
  contact: "Contact us",
  attachConversation: "Attach this conversation",
  contactMessage: "Your message",
  contactAddress: "Your e-mail address",
  sendMessage: "Send message",
  messageSent: "Your message is on its way.",
};
