/** Detection of answers in which the agent says that it found nothing. */
import type { AgentProfile } from "../../../proxy/protocol/bodies.ts";
import type { FinishedTurn } from "../../conversation/types.ts";

/** Letters and digits of a text: an answer's markup, references, white space and case may differ. */
const bare = (text: string) =>
  text
    .replace(/<[^>]*>|&#?\w+;/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");

/** True for an empty answer, and for one that consists of the agent's configured text. */
export function isNoAnswer({ answer, problem }: FinishedTurn, { texts }: AgentProfile): boolean {
  if (problem) return problem.code === "no-answer";
  const own = bare(texts.noAnswer ?? "");
  return own !== "" && bare(answer) === own;
}
