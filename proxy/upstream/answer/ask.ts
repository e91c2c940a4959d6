/** One question, sent once, and its answer fed into the sink until it is complete or known to be cut. */
import type { Addresses } from "../urls.ts";
import { readAnswerBody } from "./answer-body.ts";
import { createAnswerReader } from "./answer-reader.ts";
import { createAnswerText } from "./answer-text.ts";
import type { Call, Calls } from "../request.ts";
import type { Citations } from "./citations.ts";
import { type About, asUpstreamFailure, failureInStream } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import type { KeyGuard } from "../redact-key.ts";
import { pageContext, pageWords } from "./page-context.ts";
import type { createRescue } from "./find-stored-answer.ts";
import { TransportFailure } from "../transport/types.ts";
import type { AnswerSink, Upstream, UpstreamQuestion } from "../types.ts";

export function createAsk(options: {
  calls: Calls;
  addresses: Addresses;
  guard: KeyGuard;
  citations: Citations;
  rescue: ReturnType<typeof createRescue>;
  /** Whether nothing was ever asked in a session begun here; true only once. */
  isUntried(session: string): boolean;
  /** Told when an answer that did not come whole was found among the stored messages. */
  rescued(project: number, detail: string): void;
}): Upstream["ask"] {
  const { calls, guard, citations, rescue } = options;

  /**
   * Reads the stream to its end. Resolves with null when the answer is whole, otherwise with the failure that it is
   * unless the stored messages have the rest; rejects where they cannot help.
   */
  async function readStream(
    question: UpstreamQuestion,
    reader: ReturnType<typeof createAnswerReader>,
    text: ReturnType<typeof createAnswerText>,
    accepted: () => void,
    signal: AbortSignal,
  ): Promise<UpstreamFailure | null> {
    // Never sent a second time, not even when the connection was refused: what counts as "nothing was sent" cannot be
    // told for sure from here, and a question asked twice is charged twice and stands twice in the conversation.
    const about = options.isUntried(question.session) ? "conversation" : "session";
    const call = sending(options.addresses, question, about, signal);
    const response = await calls.open(call).catch(unanswered);
    signal.throwIfAborted();
    if (response instanceof UpstreamFailure) return response;
    accepted();
    let broken: TransportFailure | null = null;
    try {
      await readAnswerBody(response.body, reader);
    } catch (error) {
      response.discard();
      signal.throwIfAborted();
      if (!(error instanceof TransportFailure)) throw error;
      broken = error;
    }
    signal.throwIfAborted();
    const { error, finished } = reader.state();
    if (!error) return finished ? emptiness(text.soFar()) : cut(broken, text.soFar());
    const failure = failureInStream(guard.scrub(error.words, textsToRedact(question)), error.status, about);
    throw text.soFar() === "" ? failure : new UpstreamFailure("answer-cut", failure.detail);
  }

  return async function ask(question: UpstreamQuestion, sink: AnswerSink, signal: AbortSignal) {
    const text = createAnswerText(guard, (piece) => sink.delta(piece));
    const reader = createAnswerReader(text);
    const missing = await readStream(question, reader, text, () => sink.accepted(), signal);
    const { finished, citations: told } = reader.state();
    let { message } = reader.state();
    let sources = told;

    if (missing) {
      // What upstream has finished it has stored; only what broke may still be on its way.
      const found = await rescue[finished ? "now" : "soon"](question, text.soFar(), signal);
      if (!found) throw missing;
      options.rescued(question.project, missing.detail);
      text.push(found.rest);
      message = found.record.id;
      if (found.record.citations.length > 0) sources = found.record.citations;
    } else if (message === null) {
      const found = await rescue.now(question, text.soFar(), signal);
      message = found?.record.id ?? null;
      sources ??= found?.record.citations ?? null;
    }

    text.complete();
    if (sources && sources.length > 0) {
      guard.refuseKeyIn(sources);
      const resolved = await citations.ofAnswer(question.project, sources, signal);
      signal.throwIfAborted();
      if (resolved.length > 0) sink.citations(resolved);
    }
    return { message };
  };
}

/** What a question that got no answer is, unless it was carried out all the same; throws what it surely was not. */
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
  // Silence from the start is a service that is down; anything else is an answer that was begun.
  const silent = broken?.kind === "timeout" && streamed === "";
  return new UpstreamFailure(silent ? "upstream-down" : "answer-cut", detail);
}

function sending(addresses: Addresses, question: UpstreamQuestion, about: About, signal: AbortSignal): Call {
  const { project, session, prompt, language, page } = question;
  const lang = language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? { lang: language } : {};
  const context = page ? pageContext(page) : null;
  return {
    method: "POST",
    // `stream` stands in the query (as documented) and in the body (as the vendor's cookbook, API tools and bots have
    // it; contract section 4): the service takes either, and a double may know only one of them.
    url: addresses.messages(project, session, { stream: "true", ...lang }),
    body: {
      prompt,
      response_source: "default",
      stream: true,
      ...(context ? { custom_context: context } : {}),
    },
    about,
    // What began the conversation has taken this call along.
    part: about === "conversation" ? "paid" : "follow-up",
    carriesInput: true,
    redact: textsToRedact(question),
    signal,
  };
}

function textsToRedact({ prompt, session, page }: UpstreamQuestion): string[] {
  return [prompt, prompt.trim(), session, ...(page ? [page.title, page.url, ...pageWords(page)] : [])];
}
