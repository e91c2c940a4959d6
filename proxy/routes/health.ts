/** `GET /healthz` and `GET /readyz`: for operators' probes; they tell nothing about key, project or configuration. */
import type { RequestLimits } from "../guards/limits/request-limit.ts";
import { defaultAgent } from "../protocol/paths.ts";
import type { Redis, Script } from "../redis/redis.ts";
import { diagnosticStream } from "./diagnostic-stream.ts";
import type { Handler, Parts } from "./parts.ts";
import { untilDone } from "./until-done.ts";

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** The process answers; with `?stream`, in pieces, by which one sees whether something in front collects them. */
export function healthy(
  { schedule }: Pick<Parts, "schedule">,
  limits: Pick<RequestLimits, "stranger">,
): Handler {
  const stream = diagnosticStream(schedule);
  return (c) => {
    if (c.req.query("stream") === undefined) return c.json({ status: "ok" }, 200, headers);
    limits.stranger(c);
    return stream(c);
  };
}

export type ReadyParts = Pick<Parts, "agents" | "upstream" | "clock"> & {
  turns: { readonly accepting: boolean };
  /** Null without Redis. */
  redis: Pick<Redis, "run"> | null;
  /** What becomes of new questions while Redis is away: with `refuse`, the proxy is not ready then. */
  redisAway: "refuse" | "local";
};

/** Milliseconds for which a finding counts, so that probing costs next to nothing. */
const agentLife = { here: 30_000, away: 5000 };
const redisLife = { here: 1000, away: 1000 };

/** New questions are taken, the default agent was seen upstream within the last half minute, and Redis answers. */
export function ready({ turns, agents, upstream, redis, redisAway, clock }: ReadyParts): Handler {
  const agentSeen = remembered(agentLife, clock, async () => {
    const project = agents.get(defaultAgent);
    if (project === undefined) throw new Error("There is no default agent.");
    await upstream.look(project, untilDone());
  });
  const redisSeen = remembered(redisLife, clock, async () => {
    await redis?.run(ping, [], []);
  });

  return async (c) => {
    const [agentIsHere, redisIsHere] = await Promise.all([agentSeen(), redisSeen()]);
    const mayAsk = agentIsHere && (redisIsHere || redisAway === "local");
    const status = !turns.accepting ? "stopping" : mayAsk ? "ready" : "not ready";
    const body = {
      status,
      upstream: agentIsHere ? "ok" : "away",
      redis: redis === null ? "none" : redisIsHere ? "ok" : "away",
    };
    return c.json(body, status === "ready" ? 200 : 503, headers);
  };
}

const ping: Script = { name: "ping", text: "return 1" };

/** Whether it worked the last time, tried again when that is longer ago; many that ask at once wait for one try. */
function remembered(
  life: { here: number; away: number },
  clock: () => number,
  look: () => Promise<void>,
): () => Promise<boolean> {
  let seen: Promise<boolean> | null = null;
  let until = 0;
  const found = (isHere: boolean) => {
    until = clock() + (isHere ? life.here : life.away);
    return isHere;
  };
  return () => {
    if (seen && clock() < until) return seen;
    until = Infinity;
    seen = look().then(
      () => found(true),
      () => found(false),
    );
    return seen;
  };
}
