/** Parsers of responses: check them before the rest of the widget relies on their types. */
import type { Citation, Transcript, TranscriptMessage } from "../../../proxy/protocol/bodies.ts";
import { reactions } from "../../../proxy/protocol/bodies.ts";
import type { ProblemCode } from "../../../proxy/protocol/problems.ts";
import type { VisitorProblem } from "../../conversation/types.ts";
import { bare } from "../../builtins/bare.ts";
import { isJsonObject, textOrNull } from "./json-object.ts";

/** Apart from the protocol's table, whose messages the widget does not need; the compiler checks that it is complete. */
const known = bare<Record<ProblemCode, 1>>({
  "bad-request": 1,
  "not-allowed": 1,
  "not-found": 1,
  "too-long": 1,
  "too-many": 1,
  "budget-used-up": 1,
  "agent-unavailable": 1,
  "upstream-busy": 1,
  "upstream-down": 1,
  "answer-cut": 1,
});

const isProblemCode = (code: unknown): code is ProblemCode => typeof code === "string" && code in known;

/** Problem from the proxy. An unknown code, from a newer proxy, counts as `upstream-down`. */
export function readProblem(value: unknown): (VisitorProblem & { code: ProblemCode }) | null {
  if (!isJsonObject(value) || typeof value["code"] !== "string") return null;
  const { code, retryAfter, words, proof } = value;
  return {
    code: isProblemCode(code) ? code : "upstream-down",
    ...(typeof retryAfter === "number" && retryAfter >= 0 && { retryAfter }),
    ...(typeof words === "string" && { words }),
    ...(isJsonObject(proof) && { proof }),
  };
}

/** Problem in a refusal's body; null when the proxy did not write it. */
export function refusalIn(body: unknown): VisitorProblem | null {
  const problem = isJsonObject(body) ? body["problem"] : null;
  return isJsonObject(problem) && problem["identity"] === true
    ? { code: "signed-out" }
    : readProblem(problem);
}

/** Null when it is not a list; entries that are not citations are omitted. */
export function readCitations(value: unknown): Citation[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter(isJsonObject).flatMap((each): Citation[] => {
    const { id, title, url, description, image } = each;
    if (typeof id !== "string" || typeof title !== "string") return [];
    const address = textOrNull(url);
    return [
      {
        id,
        title,
        // The view renders a link to it, so only http and https are safe.
        url: address !== null && /^https?:\/\//i.test(address) ? address : null,
        description: textOrNull(description),
        image: textOrNull(image),
      },
    ];
  });
}

export function readTranscript(value: unknown): Transcript | null {
  if (!isJsonObject(value) || typeof value["conversation"] !== "string") return null;
  const { conversation, messages } = value;
  if (!Array.isArray(messages)) return null;
  return { conversation, messages: messages.flatMap((each) => readMessage(each) ?? []) };
}

function readMessage(value: unknown): TranscriptMessage | null {
  if (!isJsonObject(value)) return null;
  const { message, prompt, answer, citations, reaction } = value;
  if (typeof message !== "string" || typeof prompt !== "string" || typeof answer !== "string") return null;
  return {
    message,
    prompt,
    answer,
    citations: readCitations(citations) ?? [],
    reaction: reactions.find((each) => each === reaction) ?? "neutral",
  };
}
