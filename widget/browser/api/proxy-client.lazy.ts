/** Client of the proxy over HTTP: a conversation's requests and event streams. */
import type { Feedback } from "../../../proxy/protocol/bodies.ts";
import { pathTo } from "../../../proxy/protocol/paths.ts";
import type { Reply, StreamEnd, StreamListener, Transport } from "../../conversation/environment.ts";
import type { VisitorProblem, ConversationRef } from "../../conversation/types.ts";
import { endWithPage, hearAnswer } from "./answer-response.ts";
import { parseJson } from "./json-object.ts";
import { readTranscript, refusalIn } from "./parse-responses.ts";
import { createWatchdog, renewedToken, sendRequest } from "./request.ts";
import type { ProxyRequest, Schedule } from "./request.ts";

export type ProxyClientOptions = {
  /** The proxy's address, without a closing slash. */
  readonly proxy: string;
  readonly agent: string;
  /** What the owner's site says of who the visitor is, asked for before each call; null when it says nothing. */
  readonly identity?: () => string | null;
  /** A place has got a fresh token, to be kept in place of the old one. */
  readonly renewed?: (place: ConversationRef) => void;
  /** Taken at start, so that nothing the page does to `fetch` later gets in between. */
  readonly fetch: typeof fetch;
  readonly online: () => boolean;
  /** Where it is found out why nothing comes, when nothing ever came; null to try again all the same. */
  readonly page: Window | null;
  readonly schedule: Schedule;
};

/** Milliseconds until the head of a response has to be there; a proxy without streaming needs as long as the answer. */
const headTimeoutMs = 90_000;

/** A call without what the client adds to it. */
type Call = Omit<ProxyRequest, "identity" | "signal">;

/** Sends calls: as an event stream, for one value, or for their success only. */
function createSender(options: ProxyClientOptions) {
  const { proxy, online, schedule } = options;
  const fetchNow = options.fetch;

  /** Whether the proxy was ever heard from here; while it was not, the page or a setting may be in the way. */
  let wasHeard = false;

  async function call(given: Call, signal: AbortSignal): Promise<Response> {
    const response = await sendRequest(fetchNow, proxy, { ...given, identity: options.identity?.(), signal });
    wasHeard = true;
    const token = renewedToken(response);
    const { place } = given;
    if (token && place) {
      place.visitor = token;
      options.renewed?.(place);
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
      // Sent again with its own headers only once.
      const again = (more: Call["headers"] & {}) => stream({ ...given, headers: more }, listener, wanted);
      return await hearAnswer(response, listener, watchdog, given.headers ? null : again);
    } catch {
      return wanted.aborted ? "closed" : "unreachable";
    } finally {
      watchdog.end();
    }
  }

  /** A call that is over with one response. `read` gives null for a body that is not what was asked for. */
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

  /** For calls whose success says everything. */
  async function send(given: Call): Promise<Reply<null>> {
    const reply = await request(given, () => true);
    return reply.ok ? { ok: true, value: null } : reply;
  }

  return { stream, request, send, wasHeard: () => wasHeard };
}

export function createProxyClient(options: ProxyClientOptions): Transport {
  const { agent, online } = options;
  const { stream, request, send, wasHeard } = createSender(options);

  /** Nobody is left waiting for what cannot come, and nobody is told of a conversation that never began. */
  async function atFirst(end: StreamEnd): Promise<StreamEnd> {
    if (end === "unreachable" && !wasHeard() && online() && (await isShutOut()))
      return { code: "agent-unavailable", unsure: true };
    return typeof end === "object" && end.code === "not-found" ? { code: "agent-unavailable" } : end;
  }

  async function isShutOut(): Promise<boolean> {
    if (!options.page) return false;
    const { explain } = await import("./explain-failure.lazy.ts");
    return (await explain(options, agent, options.page)).isSettled;
  }

  return {
    async ask(place, { secret, ...body }, listener, signal) {
      const path = place
        ? pathTo("messages", { conversation: place.conversation })
        : pathTo("conversations", { agent });
      const known = place ? undefined : secret;
      const end = await stream({ method: "POST", path, place, body, secret: known }, listener, signal);
      return place ? end : atFirst(end);
    },
    resume(place, turn, after, listener, signal) {
      const path = pathTo("turn", { conversation: place.conversation, turn });
      return stream({ path, place, headers: { "last-event-id": String(after) } }, listener, signal);
    },
    stop: (place, turn) =>
      send({ method: "DELETE", path: pathTo("turn", { conversation: place.conversation, turn }), place }),
    transcript: (place, signal) =>
      request(
        { path: pathTo("messages", { conversation: place.conversation }), place },
        readTranscript,
        signal,
      ),
    react(place, message, reaction) {
      const body: Feedback = { reaction };
      const path = pathTo("feedback", { conversation: place.conversation, message });
      return send({ method: "PUT", path, place, body });
    },
    forget: (place) =>
      send({ method: "DELETE", path: pathTo("conversation", { conversation: place.conversation }), place }),
  };
}
