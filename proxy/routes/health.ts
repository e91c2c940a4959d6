/** `GET /healthz` and `GET /readyz`: for operators' probes; they tell nothing about key, project or configuration. */
import { defaultAgent } from "../protocol/paths.ts";
import type { Faces } from "./faces.ts";
import type { Handler, Parts } from "./parts.ts";

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** The process answers. */
export const healthy: Handler = (c) => c.json({ status: "ok" }, 200, headers);

/** Milliseconds for which a finding counts, so that probing costs no upstream calls. */
const findingLife = 30_000;

/** New questions are taken, and the default agent could be seen upstream within the last while. */
export function ready(parts: Parts, faces: Faces): Handler {
  let finding = { seen: false, until: 0 };

  async function isSeen(): Promise<boolean> {
    if (parts.clock() < finding.until) return finding.seen;
    const project = parts.agents.get(defaultAgent);
    const seen =
      project !== undefined &&
      (await faces.of({ alias: defaultAgent, project }).then(
        () => true,
        () => false,
      ));
    finding = { seen, until: parts.clock() + findingLife };
    return seen;
  }

  return async (c) =>
    parts.turns.accepting && (await isSeen())
      ? c.json({ status: "ready" }, 200, headers)
      : c.json({ status: "not ready" }, 503, headers);
}
