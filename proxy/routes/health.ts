/** `GET /healthz` and `GET /readyz`: for operators' probes; they tell nothing about key, project or configuration. */
import { defaultAgent } from "../protocol/paths.ts";
import type { Handler, Parts } from "./parts.ts";
import { untilDone } from "./until-done.ts";

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** The process answers. */
export const healthy: Handler = (c) => c.json({ status: "ok" }, 200, headers);

/** Milliseconds for which a finding counts, so that probing costs no upstream calls. */
const findingLife = 30_000;

/** New questions are taken, and the default agent could be seen upstream within the last while. */
export function ready(parts: Parts): Handler {
  let seen: Promise<boolean> | null = null;
  let until = 0;

  function isSeen(): Promise<boolean> {
    if (seen && parts.clock() < until) return seen;
    until = parts.clock() + findingLife;
    seen = look(parts);
    return seen;
  }

  return async (c) =>
    parts.turns.accepting && (await isSeen())
      ? c.json({ status: "ready" }, 200, headers)
      : c.json({ status: "not ready" }, 503, headers);
}

async function look({ agents, upstream }: Parts): Promise<boolean> {
  const project = agents.get(defaultAgent);
  if (project === undefined) return false;
  try {
    await upstream.face(project, untilDone());
    return true;
  } catch {
    return false;
  }
}
