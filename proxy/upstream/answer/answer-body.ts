/** Reader of an answer's body, as event stream or JSON by its first character, until the answer ends. */
import { createFrameReader } from "./sse-frames.ts";
import type { AnswerReader } from "./answer-reader.ts";
import { UpstreamFailure } from "../errors.ts";
import { parse } from "../parse.ts";
import { TransportFailure } from "../transport/types.ts";

/** Limit of a JSON answer in UTF-16 units. */
const maxJsonLength = 4_000_000;
/** Limit of white space before an answer, which some services send to keep a connection open (UTF-16 units). */
const maxBlankLength = 65_536;

/**
 * Feeds the reader until the answer is over or the body ends. A broken connection throws `TransportFailure`, but only
 * after all that arrived was read; an HTML page throws `UpstreamFailure`.
 */
export async function readAnswerBody(body: AsyncIterable<Uint8Array>, reader: AnswerReader): Promise<void> {
  // Drops a byte order mark, joins characters that arrive in two halves.
  const decoder = new TextDecoder();
  const text = createTextReader(reader);
  let broken: TransportFailure | null = null;
  try {
    for await (const bytes of body) {
      text.read(decoder.decode(bytes, { stream: true }));
      if (reader.state().over) return;
    }
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    broken = error;
  }
  text.read(decoder.decode());
  text.end();
  reader.end();
  if (broken && !reader.state().over) throw broken;
}

function createTextReader(reader: AnswerReader) {
  const frames = createFrameReader((frame) => reader.frame(frame));
  let kind: "unknown" | "frames" | "json" = "unknown";
  let beginning = "";
  let json = "";

  function add(text: string) {
    if (kind === "frames") return frames.read(text);
    json += text;
    if (json.length > maxJsonLength) throw new UpstreamFailure("answer-cut", "a JSON body beyond all bounds");
  }

  return {
    read(text: string): void {
      if (kind !== "unknown") return add(text);
      beginning += text;
      // Only the new piece is searched, so that small pieces cost no more.
      const first = text.trimStart()[0];
      if (first === undefined && beginning.length > maxBlankLength)
        throw new UpstreamFailure("answer-cut", "white space beyond all bounds");
      if (first === undefined) return;
      if (first === "<") throw new UpstreamFailure("upstream-down", "an HTML page in place of an answer");
      kind = first === "{" ? "json" : "frames";
      add(beginning);
    },
    end(): void {
      if (kind !== "json") return frames.end();
      const whole = parse(json);
      // A body that does not parse may be several, one a line.
      if (whole === undefined) reader.frame({ event: "", data: json });
      else reader.json(whole);
    },
  };
}
