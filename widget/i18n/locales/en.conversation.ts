/** Every English sentence that comes with a conversation. */
import type { ConversationMessages } from "../messages.ts";

export const englishConversation: ConversationMessages = {
  youAsked: "You asked:",
  agentAnswered: "Answer:",
  reconnecting: "The connection was lost. Reconnecting…",
  stopped: "You stopped this answer.",
  latest: "Go to the latest",
  dismiss: "Dismiss",
  copied: "Copied",
  copyCode: "Copy code",
  scrollable: "Scrolls sideways",
  task: "Task",
  sources: "Sources",
  allSources: (count) => `Show all ${count} sources`,
  sourcesHere: (here, all) =>
    all === 1
      ? "The source is on this page"
      : `${here} of ${all} sources ${here === 1 ? "is" : "are"} on this page`,
  onThisPage: "(on this page)",
  usePage: "Ask about this page",
  usingPage: "Using this page",
  withoutPage: "Ask without this page",
  waitsForNetwork: "You are offline. Your question will be sent as soon as you are back.",
  takeBack: "Take it back",
  signedOut: "Your sign-in has run out. Reload the page to go on.",
  reload: "Reload the page",
  noAnswer: "I found nothing about that.",
  problems: {
    "bad-request": "That question could not be read. Please put it differently.",
    "not-allowed": "This chat can’t be continued here.",
    "not-found": "This conversation is no longer available.",
    "too-long": "That question is too long. Please shorten it.",
    "too-many": "That was a lot of questions at once. Please wait a moment.",
    "budget-used-up": "This chat has reached its limit for now. Please come back later.",
    "agent-unavailable": "This chat isn’t available right now.",
    "upstream-busy": "Many people are asking right now. Please try again in a moment.",
    "upstream-down": "The answer could not be fetched. Please try again in a moment.",
    "answer-cut": "The answer broke off before it was complete.",
  },
};
