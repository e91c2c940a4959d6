/** Fields of an answer's pieces (text, sources, id) in all the shapes that were seen (contract 4a and 4b). */
import { citationList } from "./citation-fields.ts";
import { fields, firstText, id, list } from "../parse.ts";

type Body = Readonly<Record<string, unknown>>;

const firstChoice = (body: Body) => fields(list(body["choices"])[0]);

/** The text of a streamed piece, or "". */
export function pieceText(body: Body): string {
  const choice = firstChoice(body);
  return (
    firstText(
      body["message"],
      body["content"],
      body["openai_response"],
      body["response"],
      body["delta"],
      fields(body["delta"])?.["content"],
      fields(choice?.["delta"])?.["content"],
      fields(choice?.["message"])?.["content"],
      choice?.["text"],
      body["text"],
    ) ?? ""
  );
}

/** The text of an answer that came in one JSON body, or null when the body holds none. */
export function wholeText(body: Body): string | null {
  const choice = firstChoice(body);
  return firstText(
    body["openai_response"],
    body["response"],
    body["answer"],
    body["content"],
    fields(choice?.["message"])?.["content"],
  );
}

/** A piece's list of sources; null when it has none. */
export function pieceCitations(body: Body): readonly unknown[] | null {
  return citationList(body["citations"]) ?? citationList(firstChoice(body)?.["citations"]);
}

/** Upstream's id of the question and its answer, or null. */
export function messageId(body: Body): number | null {
  return id(body["id"]) ?? id(body["message_id"]) ?? id(body["prompt_id"]);
}

/** The reason that an OpenAI-like piece gives for being the last, or null. */
export function finishReason(body: Body): string | null {
  return firstText(firstChoice(body)?.["finish_reason"]);
}
