/** Sends a question once, and feeds its answer into the sink until the answer is complete or known to be cut. */
import type { Addresses } from "../urls.ts";
import { readAnswerBody } from "./answer-body.ts";
import { type AnswerReader, createAnswerReader } from "./answer-reader.ts";
import { type AnswerText, createAnswerText } from "./answer-text.ts";
import type { Call, Calls } from "../request.ts";
import type { SendCitations } from "./citations.ts";
import { type About, asUpstreamFailure, failureInStream } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import type { KeyGuard } from "../redact-key.ts";
import { pageContext, pageWords } from "./page-context.ts";
import type { createStoredAnswers } from "./find-stored-answer.ts";
import { TransportFailure, type TransportResponse } from "../transport/types.ts";
import type { Upstream, UpstreamQuestion } from "../types.ts";

type Options = {
  calls: Calls;
  addresses: Addresses;
  guard: KeyGuard;
  storedAnswers: ReturnType<typeof createStoredAnswers>;
  sendCitations: SendCitations;
  /** Whether the session was begun here and no question was asked in it yet; true only once. */
  isUntried(session: string): boolean;
  /** Called when an answer that did not arrive whole was found among the stored messages. */
  recovered(project: number, detail: string): void;
};

/** What has arrived of an answer. */
type Incoming = { text: AnswerText; reader: AnswerReader };

export function createAsk(options: Options): Upstream["ask"] {
  const { calls, guard, storedAnswers } = options;

  /**
   * Reads the stream to its end. Resolves with null when the answer is whole, otherwise with the failure that it is
   * unless the stored messages have the rest; rejects where they cannot help.
   */
  async function readStream(
    question: UpstreamQuestion,
    { text, reader }: Incoming,
    accepted: () => void,
    signal: AbortSignal,
  ): Promise<UpstreamFailure | null> {
    // Never sent a second time, not even when the connection was refused: it is not certain here
    // that nothing was sent, and a question that is sent twice is charged twice and is twice in the conversation.
    const about = options.isUntried(question.session) ? "conversation" : "session";
    const call = callFor(options.addresses, question, about, signal);
    const response = await calls.open(call).catch(unanswered);
    signal.throwIfAborted();
    if (response instanceof UpstreamFailure) return response;
    accepted();
    const broken = await readResponse(response, reader, signal);
    const { error, finished } = reader.state();
    if (!error) return finished ? emptiness(text.soFar()) : cut(broken, text.soFar());
    const failure = failureInStream(guard.scrub(error.words, textsToRedact(question)), error.status, about);
    throw text.soFar() === "" ? failure : new UpstreamFailure("answer-cut", failure.detail);
  }

  /** Takes from the stored messages what the stream lacks. Throws `missing` where they do not have it. */
  async function complete(
    question: UpstreamQuestion,
    { text, reader }: Incoming,
    missing: UpstreamFailure | null,
    signal: AbortSignal,
  ): Promise<{ message: number | null; sources: readonly unknown[] | null }> {
    const { finished, citations, message } = reader.state();
    if (missing) {
      // Upstream has stored what it has finished; only an answer whose stream broke may still be written.
      const found = await storedAnswers[finished ? "findNow" : "findSoon"](question, text.soFar(), signal);
      if (!found) throw missing;
      options.recovered(question.project, missing.detail);
      text.push(found.rest);
      const { id, citations: stored } = found.record;
      return { message: id, sources: stored.length > 0 ? stored : citations };
    }
    if (message !== null) return { message, sources: citations };
    const found = await storedAnswers.findNow(question, text.soFar(), signal);
    return { message: found?.record.id ?? null, sources: citations ?? found?.record.citations ?? null };
  }

  return async function ask(question, sink, signal) {
    const text = createAnswerText(guard, (piece) => sink.delta(piece));
    const answer = { text, reader: createAnswerReader(text) };
    const missing = await readStream(question, answer, () => sink.accepted(), signal);
    const { message, sources } = await complete(question, answer, missing, signal);
    text.complete();
    await options.sendCitations(question.project, sources ?? [], sink, signal);
    return { message };
  };
}

/** Reads an answer's body; resolves with how its connection broke, or with null. */
async function readResponse(
  response: TransportResponse,
  reader: AnswerReader,
  signal: AbortSignal,
): Promise<TransportFailure | null> {
  try {
    await readAnswerBody(response.body, reader);
  } catch (error) {
    response.discard();
    signal.throwIfAborted();
    if (!(error instanceof TransportFailure)) throw error;
    return error;
  }
  signal.throwIfAborted();
  return null;
}

/** The failure of a question that may have been answered without a response; throws where it certainly was not. */
function unanswered(error: unknown): UpstreamFailure {
  if (error instanceof TransportFailure && error.isSent) return asUpstreamFailure(error);
  throw error;
}

function emptiness(text: string): UpstreamFailure | null {
  if (text.trim() !== "") return null;
  return new UpstreamFailure("answer-cut", "the answer was finished without text");
}

function cut(broken: TransportFailure | null, streamed: string): UpstreamFailure {
  const detail = broken ? `${broken.kind}: ${broken.message}` : "the stream ended without its answer's end";
  // A service that is silent from the start is down; otherwise its answer had started.
  const silent = broken?.kind === "timeout" && streamed === "";
  return new UpstreamFailure(silent ? "upstream-down" : "answer-cut", detail);
}

function callFor(addresses: Addresses, question: UpstreamQuestion, about: About, signal: AbortSignal): Call {
  const { project, session, prompt, language, page, responseSource = "default", capability } = question;
  const lang = language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? { lang: language } : {};
  const context = page ? pageContext(page) : null;
  return {
    method: "POST",
    // `stream` stands in the query (as documented) and in the body (as the vendor's cookbook, API tools and bots have
    // it; contract section 4): the service takes either, and a test double may know only one of them.
    url: addresses.messages(project, session, { stream: "true", ...lang }),
    body: {
      prompt,
      response_source: responseSource,
      ...(capability ? { agent_capability: capability } : {}),
      stream: true,
      ...(context ? { custom_context: context } : {}),
    },
    about,
    // The call that started the conversation has paid for this one.
    part: about === "conversation" ? "paid" : "follow-up",
    carriesInput: true,
    redact: textsToRedact(question),
    signal,
  };
}

function textsToRedact({ prompt, session, page }: UpstreamQuestion): string[] {
  return [prompt, prompt.trim(), session, ...(page ? [page.title, page.url, ...pageWords(page)] : [])];
}
