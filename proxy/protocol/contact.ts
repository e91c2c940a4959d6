/** Contact with the agent's owner: paths, bodies and bounds; a separate file because few pages need them. */

export const contactPatterns = {
  /** From within a conversation, which may be attached. */
  contact: "/v1/conversations/:conversation/contact",
  /** From somebody who has none, as when the first question was refused. */
  agentContact: "/v1/agents/:agent/contact",
} as const;

/** The most characters of a message, and of a reason in the visitor's own words. */
export const maxMessageLength = 4_000;

/** Body of `POST …/contact`. */
export type ContactMessage = {
  message: string;
  /** Where the owner can answer. */
  email?: string;
  /** Whether the visitor wants the conversation to go along. */
  attach: boolean;
};

/** What can be wrong with an answer. */
export const badReasons = ["incorrect", "incomplete", "offTopic", "unclear"] as const;
export type BadReason = (typeof badReasons)[number];
