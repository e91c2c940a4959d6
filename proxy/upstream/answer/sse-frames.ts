/** Decoder of server-sent events, as tolerant as upstream's variants need. */
import { UpstreamFailure } from "../errors.ts";

export type Frame = {
  /** The event's name, "" when it has none. */
  event: string;
  /** Its data lines joined by line feeds, or null when it has none: `event: finish` alone has a meaning. */
  data: string | null;
};

/** Limit of a frame in UTF-16 units. */
const maxFrameLength = 4_000_000;

const lineEnd = /\r\n?|\n/g;

/**
 * Not eventsource-parser, which waits for a further byte after a lone CR (so a stream that ends its lines
 * with CR shows each event late), and drops an event that has a name and no data.
 */
export function createFrameReader(take: (frame: Frame) => void) {
  let line = "";
  let afterReturn = false;
  let event = "";
  let data: string | null = null;

  function readLine(text: string) {
    if (text === "") {
      if (event !== "" || data !== null) take({ event, data });
      event = "";
      data = null;
      return;
    }
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "event") event = value;
    else if (name === "data") data = data === null ? value : `${data}\n${value}`;
    // Other lines are comments (no name), `id`, `retry` or unknown, and are ignored.
  }

  return {
    read(text: string): void {
      if (text === "") return;
      // The line feed of a CRLF whose carriage return ended the text before.
      let from = afterReturn && text.startsWith("\n") ? 1 : 0;
      afterReturn = text.endsWith("\r");
      lineEnd.lastIndex = from;
      for (let end = lineEnd.exec(text); end !== null; end = lineEnd.exec(text)) {
        const whole = line + text.slice(from, end.index);
        line = "";
        from = end.index + end[0].length;
        const resume = lineEnd.lastIndex;
        readLine(whole);
        lineEnd.lastIndex = resume;
      }
      line += text.slice(from);
      if (line.length + (data?.length ?? 0) > maxFrameLength)
        throw new UpstreamFailure("answer-cut", "a frame beyond all bounds");
    },
    /** Passes on a last event without a blank line after it. */
    end(): void {
      if (line !== "") readLine(line);
      line = "";
      readLine("");
    },
  };
}
