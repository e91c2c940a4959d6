/** ViewMessages for problems; the owner's own texts come first. */
import type { AgentProfile, AgentTexts } from "../../../proxy/protocol/bodies.ts";
import type { VisitorProblem } from "../../conversation/types.ts";
import type { ViewMessages } from "../../i18n/messages.ts";

const ownersMessages: { readonly [Code in VisitorProblem["code"]]?: keyof AgentTexts } = {
  "budget-used-up": "outOfQueries",
  "agent-unavailable": "outage",
  "upstream-busy": "outage",
  "upstream-down": "outage",
  "no-answer": "noAnswer",
};

export function problemMessage(
  { code, words }: VisitorProblem,
  profile: AgentProfile,
  texts: ViewMessages,
): string {
  if (words) return words;
  const own = ownersMessages[code];
  const written = own === undefined ? null : profile.texts[own];
  if (written !== null) return written;
  if (code === "no-answer") return texts.noAnswer;
  if (code === "signed-out") return texts.signedOut;
  return code === "offline" || code === "unreachable" ? texts[code] : texts.problems[code];
}
