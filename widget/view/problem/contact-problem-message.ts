/** Messages for problems with sending to the owner, where `problemMessage` speaks of questions. */
import type { VisitorProblem } from "../../conversation/types.ts";
import type { Messages } from "../../i18n/messages.ts";

export function contactProblem({ code, words }: VisitorProblem, texts: Messages): string {
  if (words) return words;
  if (code === "too-many") return texts.problems["too-many"];
  return code === "offline" ? texts.offline : texts.unreachable;
}
