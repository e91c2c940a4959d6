/** Makes a checked event of our protocol from an event's id, name and data. */
import type { StreamEvent } from "../../proxy/protocol/events.ts";
import { isLoose, parseJson, readCitations, readProblem, textOrNull } from "./shapes.ts";

/** Null for an event this widget does not know, or whose data is not what the name promises. */
export function readStreamEvent(id: number, event: string, text: string): StreamEvent | null {
  const data = parseJson(text);
  if (event === "citations") {
    const citations = readCitations(data);
    return citations && { id, event, data: citations };
  }
  if (!isLoose(data)) return null;
  if (event === "delta") {
    const { text } = data;
    return typeof text === "string" ? { id, event, data: { text } } : null;
  }
  if (event === "conversation") {
    const { conversation, visitor } = data;
    return typeof conversation === "string" && typeof visitor === "string"
      ? { id, event, data: { conversation, visitor } }
      : null;
  }
  if (event === "done") {
    const message = textOrNull(data["message"]);
    return { id, event, data: data["stopped"] === true ? { message, stopped: true } : { message } };
  }
  if (event !== "problem") return null;
  const problem = readProblem(data);
  return problem && { id, event, data: { ...problem, message: "" } };
}
