/** Contact with the agent's owner: paths, bodies and bounds; a separate file because few pages need them. */

export const contactPatterns = {
  /** From within a conversation, which may be attached. */
  contact: "/v1/conversations/:conversation/contact",
  /** From a visitor without a conversation, as when the first question was refused. */
  agentContact: "/v1/agents/:agent/contact",
} as const;

/** Maximum length of a message, and of a feedback text, in characters. */
export const maxMessageLength = 4_000;

/** Body of `POST …/contact`. */
export type ContactMessage = {
  message: string;
  /** Where the owner can answer. */
  email?: string;
  /** Whether the visitor sends the conversation along. */
  attach: boolean;
};

/** Reasons for a bad rating. */
export const badReasons = ["incorrect", "incomplete", "offTopic", "unclear"] as const;
export type BadReason = (typeof badReasons)[number];
