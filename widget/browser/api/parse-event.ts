/** Parser of an event: checks its id, name and data. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { isJsonObject, parseJson, textOrNull } from "./json-object.ts";
import { readCitations, readProblem } from "./parse-responses.ts";

/**
 * Null for an unknown event. Throws for a known one that is damaged: without an id (0), or with data that does not fit
 * its name.
 */
export function readStreamEvent(id: number, name: string, text: string): StreamEvent | null {
  const event = readEvent(id, name, parseJson(text));
  if (event === "unknown") return null;
  if (event && id > 0) return event;
  throw new Error(`A garbled event: ${name}`);
}

function readEvent(id: number, event: string, data: unknown): StreamEvent | "unknown" | null {
  if (event === "citations") {
    const citations = readCitations(data);
    return citations && { id, event, data: citations };
  }
  if (event === "delta") {
    const text = isJsonObject(data) ? data["text"] : null;
    return typeof text === "string" ? { id, event, data: { text } } : null;
  }
  if (event === "conversation") {
    const { conversation, visitor } = isJsonObject(data) ? data : {};
    return typeof conversation === "string" && typeof visitor === "string"
      ? { id, event, data: { conversation, visitor } }
      : null;
  }
  if (event === "done") {
    if (!isJsonObject(data)) return null;
    const message = textOrNull(data["message"]);
    return { id, event, data: data["stopped"] === true ? { message, stopped: true } : { message } };
  }
  if (event !== "problem") return "unknown";
  const problem = readProblem(data);
  return problem && { id, event, data: { ...problem, message: "" } };
}
