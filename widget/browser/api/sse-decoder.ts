/** Decoder of the event stream: server-sent events in UTF-8 that may be cut anywhere, even inside a character. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { bare } from "../../builtins/bare.ts";
import { readStreamEvent } from "./parse-event.ts";

export type EventStreamDecoder = {
  /**
   * Decodes the next bytes and emits each event that is now complete. Throws for damaged ones: skipping them would show an
   * incomplete answer as a complete one.
   */
  push(this: void, bytes: Uint8Array): void;
};

/**
 * Lines end in LF, CRLF or CR. Comments, unknown fields and unknown events are skipped, and so is an incomplete event at
 * the end of the stream, as the standard requires (WHATWG HTML, "Interpreting an event stream").
 */
export function createEventStreamDecoder(onEvent: (event: StreamEvent) => void): EventStreamDecoder {
  const decoder = new TextDecoder("utf-8", bare({ fatal: true }));
  let rest = "";
  let endedInReturn = false;
  let name = "";
  let data: string[] = [];
  let id = 0;

  function takeLine(line: string): void {
    if (line === "") return endEvent();
    const [field, value] = splitField(line);
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
    else if (field === "id" && /^\d+$/.test(value)) id = Number(value);
  }

  function endEvent(): void {
    const event = readStreamEvent(id, name, data.join("\n"));
    id = 0;
    name = "";
    data = [];
    if (event) onEvent(event);
  }

  return {
    push(bytes) {
      let text = decoder.decode(bytes, { stream: true });
      if (text === "") return;
      // The LF of a CRLF that was split between two chunks.
      if (endedInReturn && text.startsWith("\n")) text = text.slice(1);
      endedInReturn = text === "" ? false : text.endsWith("\r");
      const lines = (rest + text).split(/\r\n|\r|\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) takeLine(line);
    },
  };
}

function splitField(line: string): [field: string, value: string] {
  const colon = line.indexOf(":");
  if (colon === -1) return [line, ""];
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(" ") ? value.slice(1) : value];
}
