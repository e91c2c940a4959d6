/** Whole answer as the events of a stream, for proxies that cannot stream. */
import type { WholeAnswer } from "../../../proxy/protocol/bodies.ts";
import type { StreamEnd, StreamListener } from "../../conversation/environment.ts";
import { isJsonObject, textOrNull } from "./json-object.ts";
import { readCitations } from "./parse-responses.ts";

/** Ends with `unreachable` for a response that is no answer, such as another server's page. */
export function tellWhole(body: unknown, listener: StreamListener): StreamEnd {
  const whole = readWholeAnswer(body);
  if (!whole) return "unreachable";
  const { conversation, visitor, message, answer, citations } = whole;
  listener.opened();
  if (visitor !== undefined)
    listener.event({ id: 1, event: "conversation", data: { conversation, visitor } });
  if (answer) listener.event({ id: 2, event: "delta", data: { text: answer } });
  if (citations.length > 0) listener.event({ id: 3, event: "citations", data: citations });
  listener.event({ id: 4, event: "done", data: { message } });
  return "closed";
}

function readWholeAnswer(value: unknown): WholeAnswer | null {
  if (!isJsonObject(value)) return null;
  const { conversation, visitor, turn, message, answer, citations } = value;
  if (typeof conversation !== "string" || typeof turn !== "string" || typeof answer !== "string") return null;
  return {
    conversation,
    ...(typeof visitor === "string" && { visitor }),
    turn,
    message: textOrNull(message),
    answer,
    citations: readCitations(citations) ?? [],
  };
}
