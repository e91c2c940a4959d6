/** Recognises an answer in which the agent says that it found nothing. */
import type { AgentFace } from "../../../proxy/protocol/bodies.ts";
import type { FinishedTurn } from "../../conversation/types.ts";

/** Only letters and digits are compared: markup, references, white space and case may come out otherwise in an answer. */
const bare = (text: string) =>
  text
    .replace(/<[^>]*>|&#?\w+;/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");

/** True for the agent's own words for it as the whole answer, and for an answer without a word. */
export function foundNothing({ answer, problem }: FinishedTurn, { texts }: AgentFace): boolean {
  if (problem) return problem.code === "no-answer";
  const own = bare(texts.noAnswer ?? "");
  return own !== "" && bare(answer) === own;
}
