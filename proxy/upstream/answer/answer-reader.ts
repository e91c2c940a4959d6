/** Reader of an answer's frames: collects text, sources and message id, and how the answer ended. */
import { finishReason, messageId, pieceCitations, pieceText, wholeText } from "./answer-fields.ts";
import type { Frame } from "./sse-frames.ts";
import type { AnswerText } from "./answer-text.ts";
import { createBareText } from "./bare-text.ts";
import { errorCode, errorMessage } from "../error-message.ts";
import { fields, list, parse } from "../parse.ts";

export type AnswerState = {
  /** Upstream said the answer is complete. */
  finished: boolean;
  /** What follows is ignored: the answer is finished, or an error arrived. */
  over: boolean;
  message: number | null;
  /** The sources as upstream lists them; null when there was no list. */
  citations: readonly unknown[] | null;
  error: { words: string; status: number | null } | null;
};

type Body = Readonly<Record<string, unknown>>;
type Meaning = "start" | "progress" | "finish" | "error" | "unknown";

/** Statuses and event names; the first four and `complete` are the contract's, the others are likely variants. */
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

/** Many more than an answer shows; a service may list them again with each piece. */
const maxCitations = 200;

/** Collects the parts of an answer. */
function createCollector(text: AnswerText) {
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

  function cite(body: Body, isLast = false) {
    state.citations = withCitations(state.citations, pieceCitations(body), isLast);
  }

  function readPiece(body: Body) {
    const piece = pieceText(body);
    if (piece !== "") {
      bare.framesTalk();
      text.push(piece);
    }
    // Sources may follow in a chunk of their own, so this does not end the reading.
    if (finishReason(body) !== null) state.finished = true;
  }

  function readLast(body: Body) {
    bare.end();
    // Nothing new, the rest, or (when none was streamed) the whole text.
    const full = wholeText(body) ?? pieceText(body);
    if (full.startsWith(text.soFar())) text.push(full.slice(text.soFar().length));
    cite(body, true);
    state.message = messageId(body);
    finish();
  }

  return { state, bare, finish, fail, cite, readPiece, readLast };
}

export type AnswerReader = ReturnType<typeof createAnswerReader>;

export function createAnswerReader(text: AnswerText) {
  const { state, bare, finish, fail, cite, readPiece, readLast } = createCollector(text);

  function readObject(body: Body, event: string) {
    const meaning = meaningOfObject(body, event);
    if (meaning === "error") return fail(errorMessage(body), errorCode(body));
    if (meaning === "finish") return readLast({ ...fields(body["data"]), ...body });
    cite(body);
    if (meaning === "progress") readPiece(body);
  }

  /** A frame that holds no object. */
  function readPlain(value: unknown, data: string, event: string) {
    const meaning = meaningOf(event);
    const trimmed = data.trim();
    if (meaning === "finish") return finish();
    if (meaning === "error") return fail(typeof value === "string" ? value : trimmed, null);
    // An object that does not parse is a broken frame, never text; nor is a list of objects.
    if (meaning !== "progress" || value === null || /^(\{|\[\s*\{)/.test(trimmed)) return;
    if (data !== "") bare.read(typeof value === "string" ? value : data);
  }

  return {
    state: (): Readonly<AnswerState> => state,

    /** One event of a stream. */
    frame({ event, data }: Frame) {
      if (state.over) return;
      const name = event.trim().toLowerCase();
      const trimmed = data?.trim() ?? "";
      if (trimmed === "[DONE]" || trimmed === "DONE") return finish();
      const value = parse(trimmed);
      const objects = objectsIn(value, data ?? "");
      for (const object of objects) if (!state.over) readObject(object, name);
      if (objects.length === 0) readPlain(value, data ?? "", name);
    },

    /** An answer that came as one JSON body although a stream was asked for. */
    json(value: unknown) {
      const body = fields(value);
      if (!body) return;
      if (body["status"] === "error" || (isError(body) && wholeText(body) === null)) {
        return fail(errorMessage(body), errorCode(body));
      }
      const data = fields(body["data"]);
      readLast(data && wholeText(body) === null ? data : body);
    },

    /** The body has ended. */
    end: () => bare.end(),
  };
}

/** The sources so far and those of a piece; the last piece's replace the others, where it has some. */
function withCitations(
  soFar: readonly unknown[] | null,
  found: readonly unknown[] | null,
  isLast: boolean,
): readonly unknown[] | null {
  if (!found) return soFar;
  const some = found.slice(0, maxCitations);
  if (!soFar || (isLast && found.length > 0)) return some;
  return [...new Set([...soFar, ...some])].slice(0, maxCitations);
}

/** The meaning of an object in a stream, by its status, its event's name or its fields. */
function meaningOfObject(body: Body, event: string): Meaning {
  const status = typeof body["status"] === "string" ? body["status"].trim().toLowerCase() : "";
  const meaning = meaningOf(status === "" ? event : status);
  if (meaning === "error") return "error";
  if (status !== "") return meaning;
  if (isError(body)) return "error";
  const inner = fields(body["data"]);
  const isWholeAnswer = inner !== null && pieceText(body) === "" && wholeText(inner) !== null;
  return isWholeAnswer ? "finish" : meaning;
}

/** The object in a frame; several where the blank lines between them were lost; none for other content. */
function objectsIn(value: unknown, data: string): readonly Body[] {
  const body = fields(value);
  if (body) return [body];
  return value === undefined ? objectsByLine(data) : [];
}

/** One object for each line; none when a line is no object. */
function objectsByLine(data: string): Body[] {
  const lines = data.split("\n").filter((line) => line.trim() !== "");
  const objects = lines.flatMap((line) => {
    const body = fields(parse(line));
    return body ? [body] : [];
  });
  return objects.length === lines.length ? objects : [];
}

/** Whether a body without a status has fields that only an error has: its message is then no part of the answer. */
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
