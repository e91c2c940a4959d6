/** Client of CustomGPT.ai's API as `Upstream`: adds the key, and gives every failure one of the proxy's codes. */
import { LRUCache } from "lru-cache";
import { requestOf } from "../metrics/request-id.ts";
import type { ProblemCode } from "../protocol/problems.ts";
import { createAddresses } from "./urls.ts";
import { createProfileReader } from "./agent/agent.ts";
import { createAsk } from "./answer/ask.ts";
import { createCalls, type TakeCalls } from "./request.ts";
import { createCitations, createSendCitations } from "./answer/citations.ts";
import { createConversations } from "./conversations.ts";
import { asUpstreamFailure } from "./map-error.ts";
import { UpstreamFailure } from "./errors.ts";
import { createKeyGuard, type KeyGuard } from "./redact-key.ts";
import { createAgentCheck } from "./agent/health-check.ts";
import { createIsReady } from "./agent/is-ready.ts";
import { createPictures } from "./agent/images.ts";
import { createRecover } from "./answer/recover.ts";
import { createStoredAnswers } from "./answer/find-stored-answer.ts";
import { createStoredMessages } from "./answer/stored-messages.ts";
import type { Timeouts, Transport } from "./transport/types.ts";
import type { CallKind, Upstream } from "./types.ts";

/** For the operator: what happened, without upstream's words, the key, a question or an id of upstream's. */
export type UpstreamLogEntry = {
  call: CallKind;
  /** null for pictures, which belong to no project. */
  project: number | null;
  /** The visitor's problem, or null where the visitor has none: a source left out, an answer recovered, a stale profile. */
  problem: ProblemCode | null;
  detail: string;
  /** Whole seconds that upstream asked the proxy to wait. */
  retryAfter?: number;
  /** The id of the request that it was for, if any. */
  request?: string;
};

export type UpstreamOptions = {
  /** The API's root, such as `https://app.customgpt.ai/api/v1`. */
  base: URL;
  key: string;
  timeouts: Timeouts;
  /** Resolves after that time, or rejects as soon as the signal aborts. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: (event: UpstreamLogEntry) => void;
  /** The account's calls a minute; default no limit. */
  take?: TakeCalls;
  /** Pictures may come from loopback and private networks; only for the stand-in on this machine. Default false. */
  allowPrivatePictures?: boolean;
  transport: Transport;
  /** Must refuse to connect to addresses that are not public, unless private pictures are allowed. */
  pictureTransport: Transport;
};

export function createUpstream(options: UpstreamOptions): Upstream {
  const { transport, pictureTransport } = options;
  const guard = createKeyGuard(options.key);
  const run = createRunner(guard, options.log);
  const operations = createOperations(options, guard);
  return {
    profile: (project, signal) => run("profile", project, signal, () => operations.profile(project, signal)),
    checkAgent: (project, signal) =>
      run("look", project, signal, () => operations.checkAgent(project, signal)),
    isReady: (project, signal) => run("look", project, signal, () => operations.isReady(project, signal)),
    startConversation: (project, name, signal) =>
      run("begin", project, signal, () => operations.startConversation(project, name, signal)),
    ask: (question, sink, signal) =>
      run("ask", question.project, signal, () => operations.ask(question, sink, signal)),
    recover: (question, soFar, sink, signal) =>
      run("recover", question.project, signal, () => operations.recover(question, soFar, sink, signal)),
    messages: (project, session, signal) =>
      run("messages", project, signal, () => operations.messages(project, session, signal)),
    react: (project, session, message, reaction, signal) =>
      run("react", project, signal, () => operations.react(project, session, message, reaction, signal)),
    forget: (project, session, signal) =>
      run("forget", project, signal, () => operations.forget(project, session, signal)),
    picture: (address, signal) => run("picture", null, signal, () => operations.picture(address, signal)),
    close: async () => {
      await Promise.all([transport.close(), pictureTransport.close()]);
    },
  };
}

/** Runs one call: an abort keeps the signal's reason, every other error becomes an `UpstreamFailure` and is logged. */
function createRunner(guard: KeyGuard, log: UpstreamOptions["log"]) {
  return async function run<Result>(
    call: CallKind,
    project: number | null,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const { code, detail, retryAfter, isOurs } = asUpstreamFailure(error);
      const failure = new UpstreamFailure(code, guard.scrub(detail), retryAfter, isOurs);
      const wait = retryAfter === undefined ? {} : { retryAfter };
      const request = requestOf(signal);
      const named = request === undefined ? {} : { request };
      log({ call, project, problem: code, detail: failure.detail, ...wait, ...named });
      throw failure;
    }
  };
}

/** What the API offers, without the log. */
function createOperations(options: UpstreamOptions, guard: KeyGuard): Omit<Upstream, "close"> {
  const { key, timeouts, clock, transport, take = async () => 0 } = options;
  const addresses = createAddresses(options.base);
  const calls = createCalls({ key, guard, transport, timeouts, clock, take });
  const unnoticed = (call: CallKind, project: number, detail: string) =>
    options.log({ call, project, problem: null, detail: guard.scrub(detail) });
  const unnoticedIn = (call: CallKind) => (project: number, detail: string) =>
    unnoticed(call, project, detail);
  const citations = createCitations({ calls, addresses, clock, leftOut: unnoticed });
  const sendCitations = createSendCitations(citations, guard);
  const stored = createStoredMessages(calls, addresses);
  const storedAnswers = createStoredAnswers(stored, options.sleep);
  const conversations = createConversations(calls, addresses);
  /** Sessions without a question. A thousand are enough: a visitor asks within moments after the start. */
  const untried = new LRUCache<string, true>({ max: 1000 });

  return {
    profile: createProfileReader({ calls, addresses, clock, stale: unnoticedIn("profile") }),
    checkAgent: createAgentCheck(calls, addresses),
    isReady: createIsReady(calls, addresses),
    async startConversation(project, name, signal) {
      const session = await conversations.start(project, name, signal);
      untried.set(session, true);
      return session;
    },
    ask: createAsk({
      calls,
      addresses,
      guard,
      storedAnswers,
      sendCitations,
      isUntried: (session) => untried.delete(session),
      recovered: unnoticedIn("ask"),
    }),
    recover: createRecover({ guard, storedAnswers, sendCitations, recovered: unnoticedIn("recover") }),
    async messages(project, session, signal) {
      const records = await stored.all(project, session, signal);
      const lists = records.map((record) => record.citations);
      const sources = await citations.ofTranscript(project, lists, signal);
      return records.map((record, index) => ({ ...record, citations: sources[index] ?? [] }));
    },
    react: conversations.react,
    forget: conversations.forget,
    picture: createPictures({
      transport: options.pictureTransport,
      timeouts,
      allowPrivate: options.allowPrivatePictures ?? false,
      clock,
    }),
  };
}
