/** Limits that one question falls under, by name: the same list for memory and for Redis. */
import type { AdmissionRules, Asker } from "./admission.ts";
import type { Limit } from "./window-table.ts";

export type StreamCap = { readonly key: string; readonly max: number };

export type AskerLimits = {
  readonly rates: readonly Limit[];
  /** The first one is the cap of all together, which every question falls under. */
  readonly streams: readonly StreamCap[];
};

/**
 * `name` makes a key of a scope and an id. Visitors without a known address share one bucket: a limit that cannot tell
 * them apart is too strict rather than absent.
 */
export function limitsOf(
  rules: AdmissionRules,
  asker: Asker,
  name: (scope: string, who: string) => string,
): AskerLimits {
  const total = name("total", "");
  const agent = name("agent", asker.agent);
  const from = asker.address ?? "unknown";
  const address = name("address", from);
  const visitor = name("visitor", asker.visitor);
  const { streams } = rules;
  return {
    rates: [
      { key: total, rates: rules.total },
      { key: agent, rates: rules.agent },
      { key: address, rates: rules.address },
      { key: visitor, rates: rules.visitor },
      ...(asker.isNew ? [{ key: name("new visitor", from), rates: rules.newVisitor }] : []),
    ],
    streams: [
      { key: total, max: streams.total },
      ...(streams.agent === null ? [] : [{ key: agent, max: streams.agent }]),
      { key: address, max: streams.address },
      { key: visitor, max: streams.visitor },
    ],
  };
}
