/** `GET /healthz` and `GET /readyz`: for operators' probes; they reveal nothing about key, project or configuration. */
import type { RequestLimits } from "../middleware/request-limit.ts";
import { defaultAgent } from "../protocol/paths.ts";
import type { Redis, Script } from "../redis/redis.ts";
import { UpstreamFailure } from "../upstream/errors.ts";
import { diagnosticStream } from "./diagnostic-stream.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { untilDone } from "../answering/detached-signal.ts";

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** The process answers; with `?stream`, in pieces, by which one sees whether something in front collects them. */
export function healthy(
  { schedule }: Pick<ProxyDeps, "schedule">,
  limits: Pick<RequestLimits, "stranger">,
): Handler {
  const stream = diagnosticStream(schedule);
  return (c) => {
    if (c.req.query("stream") === undefined) return c.json({ status: "ok" }, 200, headers);
    limits.stranger(c);
    return stream(c);
  };
}

export type ReadyDeps = Pick<ProxyDeps, "agents" | "upstream" | "clock"> & {
  turns: { readonly accepting: boolean };
  /** Null without Redis. */
  redis: Pick<Redis, "run"> | null;
  /** What happens to new questions while Redis is away: with `refuse`, the proxy is not ready then. */
  redisAway: "refuse" | "local";
};

/**
 * `paused`: the service is available, but gets no calls for now, because it asked for that or failed a moment ago.
 * Visitors receive a message about that, which they could not if a balancer dropped this instance.
 */
type Seen = "ok" | "paused" | "away";

/** Milliseconds for which a finding counts, so that probing costs next to nothing. */
const agentLife = { ok: 30_000, paused: 5000, away: 5000 };
const redisLife = { ok: 1000, paused: 1000, away: 1000 };

/**
 * Ready: new questions are accepted, the default agent answered within the last half minute or is paused, and Redis
 * answers.
 */
export function ready({ turns, agents, upstream, redis, redisAway, clock }: ReadyDeps): Handler {
  const agentSeen = remembered(agentLife, clock, async () => {
    const project = agents.get(defaultAgent);
    if (project === undefined) throw new Error("There is no default agent.");
    await upstream.checkAgent(project, untilDone());
  });
  const redisSeen = remembered(redisLife, clock, async () => {
    await redis?.run(ping, [], []);
  });

  return async (c) => {
    const [agentIs, redisIs] = await Promise.all([agentSeen(), redisSeen()]);
    const mayAsk = agentIs !== "away" && (redisIs === "ok" || redisAway === "local");
    const status = !turns.accepting ? "stopping" : mayAsk ? "ready" : "not ready";
    const body = {
      status,
      upstream: agentIs,
      redis: redis === null ? "none" : redisIs,
    };
    return c.json(body, status === "ready" ? 200 : 503, headers);
  };
}

const ping: Script = { name: "ping", text: "return 1" };

const isPause = (error: unknown) =>
  error instanceof UpstreamFailure && (error.code === "upstream-busy" || error.code === "budget-used-up");

/** The last result, renewed when it is older than that; concurrent calls share one renewal. */
function remembered(
  life: Readonly<Record<Seen, number>>,
  clock: () => number,
  check: () => Promise<void>,
): () => Promise<Seen> {
  let seen: Promise<Seen> | null = null;
  let until = 0;
  const found = (state: Seen) => {
    until = clock() + life[state];
    return state;
  };
  return () => {
    if (seen && clock() < until) return seen;
    until = Infinity;
    seen = check().then(
      () => found("ok"),
      (error: unknown) => found(isPause(error) ? "paused" : "away"),
    );
    return seen;
  };
}
