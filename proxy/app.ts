/** HTTP application of the proxy: all middleware and routes. */
import { Hono, type Context } from "hono";
import { createRequestLimits } from "./middleware/request-limit.ts";
import { originGuard } from "./middleware/cors.ts";
import { problemOf, refusalParts, Refused } from "./http/errors.ts";
import type { RequestContext } from "./http/context.ts";
import { requestLog } from "./middleware/request-log.ts";
import { contactPatterns } from "./protocol/contact.ts";
import { patterns } from "./protocol/paths.ts";
import { agentContact, contact } from "./routes/contact.ts";
import { agentProfile } from "./routes/agent.ts";
import { toRefusal } from "./answering/to-refusal.ts";
import { feedback } from "./routes/feedback.ts";
import { forget } from "./routes/delete-conversation.ts";
import { healthy, ready } from "./routes/health.ts";
import { latestConversation } from "./routes/latest-conversation.ts";
import { metrics, type Measurements } from "./routes/metrics.ts";
import { createDeps } from "./create-deps.ts";
import type { DepsOptions } from "./deps.ts";
import type { Handler } from "./deps.ts";
import { picture } from "./routes/picture.ts";
import { resumeTurn } from "./routes/resume-turn.ts";
import { sendMessage } from "./routes/send-message.ts";
import { startConversation } from "./routes/start-conversation.ts";
import { stopTurn } from "./routes/stop-turn.ts";
import { transcript } from "./routes/transcript.ts";
import { widgetFiles, type WidgetFiles } from "./routes/widget-files.ts";

const routes = { ...patterns, ...contactPatterns };

export type ProxyOptions = DepsOptions & {
  files: WidgetFiles;
  newId: () => string;
  /** Metrics at `/metrics`, for holders of the token; default: the path does not exist. */
  measurements?: (Measurements & { token: string }) | null;
};

export type Proxy = {
  /** Answers a request; never rejects. `address` is the peer's network address. */
  fetch: (request: Request, from?: { address?: string | undefined }) => Promise<Response>;
  /**
   * Starts no more turns, waits up to `milliseconds` for the running ones, and hands the rest over to other instances;
   * without Redis it ends them as cut.
   */
  drain: (milliseconds: number) => Promise<void>;
};

export function createProxy(options: ProxyOptions): Proxy {
  const { settings, log } = options;
  const deps = createDeps(options);
  const limits = createRequestLimits({
    rates: settings.requestLimit,
    trusted: settings.trustProxy,
    clock: options.clock,
    words: settings.limitMessage,
  });
  const app = new Hono<RequestContext>();

  app.use(requestLog(options));
  app.use(limits.address);
  app.use("/v1/*", originGuard(deps.origins, limits));
  app.use("/v1/*", limits.calls);
  for (const path of [routes.widget, routes.assets]) app.use(path, limits.files);
  for (const path of [routes.healthy, routes.ready]) app.use(path, limits.probes);

  on("agent", { GET: agentProfile(deps) });
  on("conversations", { GET: latestConversation(deps), POST: startConversation(deps) });
  on("messages", { GET: transcript(deps), POST: sendMessage(deps) });
  on("turn", { GET: resumeTurn(deps), DELETE: stopTurn(deps) });
  on("feedback", { PUT: feedback(deps) });
  on("contact", { POST: contact(deps) });
  on("agentContact", { POST: agentContact(deps) });
  on("conversation", { DELETE: forget(deps) });
  on("picture", { GET: picture(deps) });
  on("healthy", { GET: healthy(deps, limits) });
  on("ready", { GET: ready({ ...deps, redis: options.redis ?? null, redisAway: settings.redisAway }) });
  on("widget", { GET: widgetFiles(options.files) });
  on("assets", { GET: widgetFiles(options.files) });

  app.get("/metrics", metrics(options.measurements ?? null, limits));

  app.notFound((c) => {
    limits.stranger(c);
    throw new Refused("not-found");
  });
  app.onError((error, c) => refuse(c, toRefusal(error, log, c.get("requestId"))));

  function refuse(c: Context<RequestContext>, refused: Refused): Response {
    c.set("problem", refused.code);
    const { body, status, headers } = refusalParts(refused);
    return c.newResponse(body, { status, headers });
  }

  /** The route's handlers by method; every other method is refused with the list of these. */
  function on(route: keyof typeof routes, handlers: Readonly<Record<string, Handler>>): void {
    for (const [method, handler] of Object.entries(handlers)) app.on(method, routes[route], handler);
    const allow = Object.keys(handlers).join(", ").replace("GET", "GET, HEAD");
    app.all(routes[route], () => {
      throw new Refused("bad-request", { status: 405, headers: { allow } });
    });
  }

  return {
    fetch: async (request, from = {}) => app.fetch(request, from),
    drain: (milliseconds) => deps.turns.drain(milliseconds, problemOf("answer-cut")),
  };
}
