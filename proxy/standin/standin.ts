/** Stand-in for CustomGPT.ai's API: implements its wire format and knows nothing of the proxy. */
import { Hono } from "hono";
import { readBounded, TooLarge } from "./wire/bounded-read.ts";
import { citationRoute } from "./routes/citation-route.ts";
import { controlRoutes } from "./routes/control-routes.ts";
import { conversationRoutes } from "./routes/conversation-routes.ts";
import { indexPage } from "./crawler/crawl.ts";
import { failure, plain } from "./wire/envelope.ts";
import { elsewhere } from "./faults/fault-answers.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { limits } from "./limits.ts";
import { messageRoutes } from "./routes/message-routes.ts";
import { projectRoutes } from "./routes/project-routes.ts";
import { Refusal } from "./wire/refusal.ts";
import { createRegister, type Stage } from "./routes/route.ts";
import { createObserver, type Seen } from "./recorder.ts";
import { sendRoute } from "./routes/send-route.ts";
import { settingsRoutes } from "./routes/settings-routes.ts";
import type { Settings } from "./settings.ts";
import { createStore } from "./content/store.ts";
import type { StandinOptions, StandinContext } from "./context.ts";

export type { StandinOptions } from "./context.ts";
export type { FaultName } from "./wire/fault-names.ts";

/** A project given as data. A page whose `url` is null is cited without an address. */
export type Seed = {
  name: string;
  settings?: Partial<Settings>;
  pages: readonly { url: string | null; title?: string; html: string }[];
};

export type Standin = {
  /** Serves `/api/v1/…`, and `/standin/faults`, `/standin/seen` beside it. */
  fetch: (request: Request) => Promise<Response>;
  readonly faults: Faults;
  readonly seen: Seen;
  /** Indexes pages without fetching anything; the project is active at once. Returns its id. */
  seed: (project: Seed) => number;
  /** Breaks off every stream and every fetch under way. */
  close: () => void;
};

export function createStandin(given: StandinOptions): Standin {
  const closing = new AbortController();
  const workings: StandinContext = {
    options: { ...given, pace: given.pace ?? { firstMs: 400, everyMs: 25 } },
    store: createStore(given.clock, given.newId),
    faults: createFaults(),
    seen: createObserver(),
    closing: closing.signal,
  };
  const app = createApp(workings);
  return {
    fetch: (request) => serve(workings, app, request),
    faults: workings.faults,
    seen: workings.seen,
    seed: (project) => seed(workings, project),
    close: () => closing.abort(new Error("The stand-in was closed")),
  };
}

/** Reads the body, records the request, and lets the app answer. */
async function serve(workings: StandinContext, app: Hono<Stage>, request: Request): Promise<Response> {
  const bytes = await readBounded(request.body, limits.body).catch((cause: unknown) => {
    if (cause instanceof TooLarge) return null;
    throw cause;
  });
  const url = new URL(request.url);
  const entry = workings.seen.note({
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(request.headers),
    body: new TextDecoder().decode(bytes ?? undefined),
    at: workings.options.clock(),
  });
  if (bytes === null) return failure(request.url, 413, "The request body is too large");
  return app.fetch(request, { bytes, entry });
}

function createApp(workings: StandinContext): Hono<Stage> {
  const app = new Hono<Stage>();
  app.use(async (context, next) => {
    const { path, url } = context.req;
    const allowed = context.req.header("authorization") === `Bearer ${workings.options.key}`;
    if (!allowed && path !== elsewhere) return failure(url, 401, "API Token is either missing or invalid");
    return next();
  });
  app.notFound((context) =>
    plain({ message: `The route ${context.req.path.slice(1)} could not be found.` }, 404),
  );
  app.onError((error, context) =>
    error instanceof Refusal
      ? failure(context.req.url, error.status, error.message)
      : failure(context.req.url, 500, "Internal Server Error"),
  );
  const on = createRegister(app, workings);
  projectRoutes(on, workings);
  settingsRoutes(on, workings);
  conversationRoutes(on, workings);
  sendRoute(on, workings);
  messageRoutes(on, workings);
  citationRoute(on, workings);
  controlRoutes(app, workings);
  return app;
}

function seed({ store }: StandinContext, given: Seed): number {
  const project = store.addProject(given.name, null, "SITEMAP");
  project.settings = { ...project.settings, ...given.settings };
  for (const page of given.pages) indexPage(store, project, page.html, page.url, page.title);
  project.counts.found = given.pages.length;
  project.counts.crawled = given.pages.length;
  project.active = project.pages.size > 0;
  return project.id;
}
