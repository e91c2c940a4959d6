/** Client of CustomGPT.ai's API as `Upstream`, with the key inside and every failure in our codes. */
import { LRUCache } from "lru-cache";
import { requestOf, whoseCall } from "../metrics/request-id.ts";
import type { ProblemCode } from "../protocol/problems.ts";
import { createAddresses, isSession } from "./urls.ts";
import { createAgentFace } from "./agent/agent.ts";
import { createAsk } from "./answer/ask.ts";
import { createCalls, type TakeCalls } from "./request.ts";
import { createCitations } from "./answer/citations.ts";
import { asUpstreamFailure } from "./map-error.ts";
import { UpstreamFailure } from "./errors.ts";
import { createKeyGuard } from "./redact-key.ts";
import { createLook } from "./resilience/health-check.ts";
import { fields } from "./parse.ts";
import { createPictures } from "./agent/images.ts";
import { createRecover } from "./answer/recover.ts";
import { createRescue } from "./answer/find-stored-answer.ts";
import { createStoredMessages } from "./answer/stored-messages.ts";
import type { Timeouts, Transport } from "./transport/types.ts";
import type { Upstream } from "./types.ts";

/** For the operator: what happened, in our own words. Never upstream's, the key, a question or an id of upstream's. */
export type UpstreamLogEntry = {
  call: Exclude<keyof Upstream, "close">;
  /** null for pictures, which belong to no project. */
  project: number | null;
  /** What the visitor was told, or null where nobody noticed: a source left out, an answer rescued, an old face shown. */
  problem: ProblemCode | null;
  detail: string;
  /** Whole seconds upstream asked us to wait. */
  retryAfter?: number;
  /** The id of the request it was for, where it was for one. */
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
  const { key, timeouts, clock, log, transport, pictureTransport } = options;
  const allowPrivate = options.allowPrivatePictures ?? false;

  const guard = createKeyGuard(key);
  const addresses = createAddresses(options.base);
  const calls = createCalls({
    key,
    guard,
    transport,
    timeouts,
    clock,
    take: options.take ?? (async () => 0),
  });
  const stored = createStoredMessages(calls, addresses);
  const unnoticed = (call: UpstreamLogEntry["call"], project: number, detail: string) =>
    log({ call, project, problem: null, detail: guard.scrub(detail) });
  const citations = createCitations({ calls, addresses, clock, leftOut: unnoticed });
  const rescue = createRescue(stored, options.sleep);
  /** A thousand are enough: whoever begins a conversation asks in it within moments. */
  const untried = new LRUCache<string, true>({ max: 1000 });
  const ask = createAsk({
    calls,
    addresses,
    guard,
    citations,
    rescue,
    isUntried: (session) => untried.delete(session),
    rescued: (project, detail) => unnoticed("ask", project, detail),
  });
  const recover = createRecover({
    guard,
    citations,
    rescue,
    rescued: (project, detail) => unnoticed("recover", project, detail),
  });
  const face = createAgentFace({
    calls,
    addresses,
    clock,
    stale: (project, detail) => unnoticed("face", project, detail),
  });
  const look = createLook(calls, addresses);
  const picture = createPictures({ transport: pictureTransport, timeouts, allowPrivate, clock });

  /** Runs one call: an abort keeps the signal's reason, all else becomes an `UpstreamFailure` and is logged. */
  async function run<Result>(
    call: UpstreamLogEntry["call"],
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
  }

  return {
    face: (project, signal) => run("face", project, signal, () => face(project, signal)),
    look: (project, signal) => run("look", project, signal, () => look(project, signal)),
    begin: (project, name, signal) =>
      run("begin", project, signal, async () => {
        const body = await calls.json({
          method: "POST",
          url: addresses.conversations(project),
          body: { name },
          about: "project",
          // For itself and for the question that it is begun for.
          part: "question",
          takes: 2,
          redact: [name],
          signal,
        });
        // `data.id` is a number of the account's and no session id, though some clients take it for one.
        const session = fields(fields(body)?.["data"])?.["session_id"] ?? fields(body)?.["session_id"];
        if (!isSession(session)) {
          throw new UpstreamFailure("upstream-down", "a new conversation without a usable session id");
        }
        untried.set(session, true);
        return session;
      }),
    ask: (question, sink, signal) => run("ask", question.project, signal, () => ask(question, sink, signal)),
    recover: (question, soFar, sink, signal) =>
      run("recover", question.project, signal, () => recover(question, soFar, sink, signal)),
    messages: (project, session, signal) =>
      run("messages", project, signal, async () => {
        const records = await stored.all(project, session, signal);
        const lists = records.map((record) => record.citations);
        const sources = await citations.ofTranscript(project, lists, signal);
        return records.map((record, index) => ({ ...record, citations: sources[index] ?? [] }));
      }),
    react: (project, session, message, reaction, signal) =>
      run("react", project, signal, async () => {
        const url = addresses.feedback(project, session, message);
        const redact = [session];
        await calls.json({
          method: "PUT",
          url,
          body: { reaction },
          about: "conversation",
          part: "read",
          carriesInput: true,
          redact,
          signal,
        });
      }),
    forget: (project, session, signal) =>
      run("forget", project, signal, async () => {
        const url = addresses.conversation(project, session);
        const part = whoseCall(signal) ? "read" : "own";
        await calls
          .json({ method: "DELETE", url, about: "conversation", part, redact: [session], signal })
          .catch(gone);
      }),
    picture: (address, signal) => run("picture", null, signal, () => picture(address, signal)),
    close: async () => {
      await Promise.all([transport.close(), pictureTransport.close()]);
    },
  };
}

function gone(error: unknown) {
  if (!(error instanceof UpstreamFailure) || error.code !== "not-found") throw error;
}
