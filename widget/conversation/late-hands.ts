/** What few visitors need of the world outside: to write to the agent's owner, and to say why an answer was bad. */
import type { BadReason, ContactMessage } from "../../proxy/protocol/contact.ts";
import type { SettledTurn, VisitorProblem } from "./types.ts";

/** Why an answer was bad, as far as the visitor says. */
export type Why = { readonly reason?: BadReason; readonly words?: string };

export interface LateHands {
  /** Sends a message to the owner; once. Resolves to what went wrong, or null. */
  write(message: ContactMessage): Promise<VisitorProblem | null>;
  /** Tells the page why an answer was rated as bad, and the owner where they take messages. Resolves as `write` does. */
  explain(turn: SettledTurn, why: Why): Promise<VisitorProblem | null>;
}
