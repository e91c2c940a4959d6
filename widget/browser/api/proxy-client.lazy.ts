/** Client of the proxy over HTTP: a conversation's requests and event streams. */
import type { Feedback } from "../../../proxy/protocol/bodies.ts";
import { pathTo } from "../../../proxy/protocol/paths.ts";
import type { Reply, StreamEnd, StreamListener, Transport } from "../../conversation/environment.ts";
import type { VisitorProblem, ConversationRef } from "../../conversation/types.ts";
import { endWithPage, readAnswer } from "./answer-response.ts";
import { parseJson } from "./json-object.ts";
import { readTranscript, refusalIn } from "./parse-responses.ts";
import { createWatchdog, renewedToken, sendRequest } from "./request.ts";
import type { ProxyRequest, Schedule } from "./request.ts";

export type ProxyClientOptions = {
  /** The proxy's address, without a closing slash. */
  readonly proxy: string;
  readonly agent: string;
  /** Reads the visitor's identity from the owner's site before each call; null when there is none. */
  readonly identity?: () => string | null;
  /** Called with a conversation whose token was renewed, to be stored. */
  readonly renewed?: (ref: ConversationRef) => void;
  /** Saved at the start, so that a later replacement of `fetch` by the page has no effect. */
  readonly fetch: typeof fetch;
  readonly online: () => boolean;
  /** The page, for an explanation while no response ever arrived; null to retry in any case. */
  readonly page: Window | null;
  readonly schedule: Schedule;
};

/** Milliseconds until the response head has to arrive; without streaming it takes as long as the answer. */
const headTimeoutMs = 90_000;

/** A request without the fields that the client adds. */
type Call = Omit<ProxyRequest, "identity" | "signal">;

/** Sends requests: for an event stream, for one value, or for their success only. */
function createSender(options: ProxyClientOptions) {
  const { proxy, online, schedule } = options;
  const fetchNow = options.fetch;

  /** Whether a response ever arrived; until then the page or a setting may block requests. */
  let hasResponded = false;

  async function call(given: Call, signal: AbortSignal): Promise<Response> {
    const response = await sendRequest(fetchNow, proxy, { ...given, identity: options.identity?.(), signal });
    hasResponded = true;
    const token = renewedToken(response);
    const { ref } = given;
    if (token && ref) {
      ref.visitor = token;
      options.renewed?.(ref);
    }
    return response;
  }

  async function stream(given: Call, listener: StreamListener, wanted: AbortSignal): Promise<StreamEnd> {
    const watchdog = createWatchdog(wanted, schedule);
    endWithPage(watchdog);
    try {
      watchdog.allow(headTimeoutMs);
      const headers = { ...given.headers, accept: "text/event-stream" };
      const response = await call({ ...given, headers }, watchdog.signal);
      // Repeated only once, then with headers of its own.
      const again = (more: Call["headers"] & {}) => stream({ ...given, headers: more }, listener, wanted);
      return await readAnswer(response, listener, watchdog, given.headers ? null : again);
    } catch {
      return wanted.aborted ? "closed" : "unreachable";
    } finally {
      watchdog.end();
    }
  }

  /** A request with a single response. `read` returns null for an invalid body. */
  async function request<Value>(
    given: Call,
    read: (body: unknown) => Value | null,
    wanted?: AbortSignal,
  ): Promise<Reply<Value>> {
    const watchdog = createWatchdog(wanted, schedule);
    try {
      watchdog.allow(headTimeoutMs);
      const response = await call(given, watchdog.signal);
      const body = parseJson(await response.text());
      if (!response.ok) return { ok: false, problem: refusalIn(body) ?? outOfReach() };
      const value = read(body);
      return value === null ? { ok: false, problem: outOfReach() } : { ok: true, value };
    } catch {
      return { ok: false, problem: outOfReach() };
    } finally {
      watchdog.end();
    }
  }

  const outOfReach = (): VisitorProblem => ({ code: online() ? "unreachable" : "offline" });

  /** For requests whose response has no value. */
  async function send(given: Call): Promise<Reply<null>> {
    const reply = await request(given, () => true);
    return reply.ok ? { ok: true, value: null } : reply;
  }

  return { stream, request, send, hasResponded: () => hasResponded };
}

export function createProxyClient(options: ProxyClientOptions): Transport {
  const { agent, online } = options;
  const { stream, request, send, hasResponded } = createSender(options);

  /** Maps the end of a first question: no retry while the page or a setting blocks requests, and no `not-found`. */
  async function atFirst(end: StreamEnd): Promise<StreamEnd> {
    if (end === "unreachable" && !hasResponded() && online() && (await isShutOut()))
      return { code: "agent-unavailable", unsure: true };
    return typeof end === "object" && end.code === "not-found" ? { code: "agent-unavailable" } : end;
  }

  async function isShutOut(): Promise<boolean> {
    if (!options.page) return false;
    const { explain } = await import("./explain-failure.lazy.ts");
    return (await explain(options, agent, options.page)).isSettled;
  }

  return {
    async ask(ref, { secret, ...body }, listener, signal) {
      const path = ref
        ? pathTo("messages", { conversation: ref.conversation })
        : pathTo("conversations", { agent });
      const known = ref ? undefined : secret;
      const end = await stream({ method: "POST", path, ref, body, secret: known }, listener, signal);
      return ref ? end : atFirst(end);
    },
    resume(ref, turn, after, listener, signal) {
      const path = pathTo("turn", { conversation: ref.conversation, turn });
      return stream({ path, ref, headers: { "last-event-id": String(after) } }, listener, signal);
    },
    stop: (ref, turn) =>
      send({ method: "DELETE", path: pathTo("turn", { conversation: ref.conversation, turn }), ref }),
    transcript: (ref, signal) =>
      request({ path: pathTo("messages", { conversation: ref.conversation }), ref }, readTranscript, signal),
    react(ref, message, reaction) {
      const body: Feedback = { reaction };
      const path = pathTo("feedback", { conversation: ref.conversation, message });
      return send({ method: "PUT", path, ref, body });
    },
    forget: (ref) =>
      send({ method: "DELETE", path: pathTo("conversation", { conversation: ref.conversation }), ref }),
  };
}
