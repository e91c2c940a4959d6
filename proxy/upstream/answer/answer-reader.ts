/** Frames into an answer: text, sources, message id, and how it ended. */
import { finishReason, messageId, pieceCitations, pieceText, wholeText } from "./answer-fields.ts";
import type { Frame } from "./sse-frames.ts";
import type { AnswerText } from "./answer-text.ts";
import { createBareText } from "./bare-text.ts";
import { errorCode, errorWords } from "../error-message.ts";
import { fields, list, parse } from "../parse.ts";

export type AnswerState = {
  /** Upstream said the answer is complete. */
  finished: boolean;
  /** Nothing after this counts: finished, or an error was told. */
  over: boolean;
  message: number | null;
  /** The sources as upstream lists them; null when it said nothing about any. */
  citations: readonly unknown[] | null;
  error: { words: string; status: number | null } | null;
};

type Body = Readonly<Record<string, unknown>>;
type Meaning = "start" | "progress" | "finish" | "error" | "unknown";

/** Statuses and event names; the first four and `complete` are the contract's, the others likely kin. */
const meanings: Readonly<Record<string, Meaning>> = {
  start: "start",
  progress: "progress",
  finish: "finish",
  error: "error",
  complete: "finish",
  completed: "finish",
  finished: "finish",
  done: "finish",
  success: "finish",
  message: "progress",
  "": "progress",
};

const meaningOf = (word: string): Meaning =>
  Object.hasOwn(meanings, word) ? (meanings[word] ?? "unknown") : "unknown";

/** Many more than any answer shows; a service may name them again with each piece. */
const mostCited = 200;

export type AnswerReader = ReturnType<typeof createAnswerReader>;

export function createAnswerReader(text: AnswerText) {
  const bare = createBareText((words) => text.push(words));
  const state: AnswerState = { finished: false, over: false, message: null, citations: null, error: null };

  function finish() {
    bare.end();
    state.finished = true;
    state.over = true;
  }

  function fail(words: string, status: number | null) {
    state.error = { words, status };
    state.over = true;
  }

  /** `last` sources replace what came before; earlier ones are gathered. */
  function cite(found: readonly unknown[] | null, last: boolean) {
    if (!found) return;
    const some = found.slice(0, mostCited);
    if (!state.citations || (last && found.length > 0)) state.citations = some;
    else state.citations = [...new Set([...state.citations, ...some])].slice(0, mostCited);
  }

  function object(body: Body, event: string) {
    const status = typeof body["status"] === "string" ? body["status"].trim().toLowerCase() : "";
    const meaning = meaningOf(status === "" ? event : status);
    const piece = pieceText(body);
    if (meaning === "error" || (status === "" && isError(body))) {
      return fail(errorWords(body), errorCode(body));
    }
    const inner = fields(body["data"]);
    const wrapped = status === "" && piece === "" && inner !== null && wholeText(inner) !== null;
    if (meaning === "finish" || wrapped) return last({ ...inner, ...body });
    cite(pieceCitations(body), false);
    if (meaning !== "progress") return;
    if (piece !== "") {
      bare.framesTalk();
      text.push(piece);
    }
    // Sources may follow in a chunk of their own, so this does not end the reading.
    if (finishReason(body) !== null) state.finished = true;
  }

  function last(body: Body) {
    bare.end();
    // Nothing new, the rest, or (when none was streamed) everything.
    const full = wholeText(body) ?? pieceText(body);
    if (full.startsWith(text.soFar())) text.push(full.slice(text.soFar().length));
    cite(pieceCitations(body), true);
    state.message = messageId(body);
    finish();
  }

  return {
    state: (): Readonly<AnswerState> => state,

    /** One event of a stream. */
    frame({ event, data }: Frame) {
      if (state.over) return;
      const name = event.trim().toLowerCase();
      const meaning = meaningOf(name);
      const trimmed = data?.trim() ?? "";
      if (trimmed === "[DONE]" || trimmed === "DONE") return finish();
      const value = parse(trimmed);
      const body = fields(value);
      if (body) return object(body, name);
      const several = value === undefined ? objectsByLine(data ?? "") : [];
      if (several.length > 0) {
        for (const each of several) if (!state.over) object(each, name);
        return;
      }
      if (meaning === "finish") return finish();
      if (meaning === "error") return fail(typeof value === "string" ? value : trimmed, null);
      // An object that does not parse is a broken frame, never text; nor is a list of objects.
      if (meaning !== "progress" || value === null || /^(\{|\[\s*\{)/.test(trimmed)) return;
      if (data !== null && data !== "") bare.read(typeof value === "string" ? value : data);
    },

    /** An answer that came as one JSON body although a stream was asked for. */
    json(value: unknown) {
      const body = fields(value);
      if (!body) return;
      if (body["status"] === "error" || (isError(body) && wholeText(body) === null)) {
        return fail(errorWords(body), errorCode(body));
      }
      const data = fields(body["data"]);
      last(data && wholeText(body) === null ? data : body);
    },

    /** Nothing more will come. */
    end() {
      bare.end();
    },
  };
}

/** The objects of a frame whose blank lines got lost, so that several became one; none when a line is no object. */
function objectsByLine(data: string): Body[] {
  const lines = data.split("\n").filter((line) => line.trim() !== "");
  const objects = lines.flatMap((line) => {
    const body = fields(parse(line));
    return body ? [body] : [];
  });
  return objects.length === lines.length ? objects : [];
}

/** Whether a body without a status bears what no piece of an answer does: its words are then upstream's own. */
function isError(body: Body): boolean {
  const { status, error, success, exception, errors } = body;
  const isComplaint = (value: unknown) => Object.keys(fields(value) ?? list(value)).length > 0;
  return (
    Boolean(error) ||
    Boolean(exception) ||
    success === false ||
    (typeof status === "number" && status >= 400) ||
    errorCode(body) !== null ||
    isComplaint(errors)
  );
}
