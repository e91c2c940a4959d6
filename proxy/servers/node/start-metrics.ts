/** Start of the metrics: on a port of their own, or on the main port with a token. */
import { collectDefaultMetrics, Registry } from "prom-client";
import { noMetrics, type Metrics } from "../../metrics/metrics.ts";
import { createPrometheusMetrics } from "../../metrics/prometheus.ts";
import { defaultAgent } from "../../protocol/paths.ts";
import { tokenCheck, type Measurements } from "../../routes/metrics.ts";
import type { Settings } from "../../settings/table.ts";
import { startNodeServer } from "./http-server.ts";

export type Measuring = {
  metrics: Metrics;
  /** For the main port; null without METRICS_TOKEN. */
  measurements: (Measurements & { token: string }) | null;
  /** Where they can be read on a port of their own; null without METRICS_PORT. */
  url: string | null;
  close(): Promise<void>;
};

type MeasuringSettings = Pick<Settings, "host" | "metricsPort" | "metricsToken" | "agents">;

/**
 * Measures nothing when the metrics could not be read. Rejects with a sentence for the operator when it cannot listen.
 */
export async function startMeasuring(settings: MeasuringSettings): Promise<Measuring> {
  const { host, metricsPort, metricsToken } = settings;
  if (metricsPort === null && metricsToken === null)
    return { metrics: noMetrics, measurements: null, url: null, close: async () => {} };

  const registry = new Registry();
  const read: Measurements = { type: registry.contentType, text: () => registry.metrics() };
  // A token that is set is required on both ports.
  const opens = metricsToken === null ? () => true : tokenCheck(metricsToken);
  const server =
    metricsPort === null
      ? null
      : await startNodeServer({
          fetch: (request) => page(request, read, opens),
          host,
          port: metricsPort,
        }).catch(named("METRICS_PORT"));
  collectDefaultMetrics({ register: registry });
  return {
    metrics: createPrometheusMetrics({ registry, agents: [defaultAgent, ...settings.agents.keys()] }),
    measurements: metricsToken === null ? null : { ...read, token: metricsToken },
    url: server && `${server.url}/metrics`,
    close: async () => server?.close(0),
  };
}

async function page(
  request: Request,
  { type, text }: Measurements,
  opens: ReturnType<typeof tokenCheck>,
): Promise<Response> {
  if (new URL(request.url).pathname !== "/metrics") return new Response(null, { status: 404 });
  if (request.method !== "GET" && request.method !== "HEAD")
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  if (!opens(request.headers.get("authorization") ?? undefined))
    return new Response(null, { status: 401, headers: { "www-authenticate": "Bearer" } });
  return new Response(await text(), { headers: { "content-type": type, "cache-control": "no-store" } });
}

/** The server's sentence, with the variable that chooses this server's port. */
function named(variable: string) {
  return (error: unknown): never => {
    const sentence = error instanceof Error ? error.message : "Listening failed.";
    throw new Error(sentence.replace(/\bPORT\b/, variable), { cause: error });
  };
}
