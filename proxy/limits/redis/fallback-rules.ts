/** Limits of one instance while Redis is away: a quarter of each. */
import type { AdmissionRules, Rate } from "../admission.ts";

const quarter = (max: number): number => (max === 0 ? 0 : Math.max(1, Math.floor(max / 4)));
const quarterOf = (rates: readonly Rate[]): readonly Rate[] =>
  rates.map(({ max, seconds }) => ({ max: quarter(max), seconds }));

/**
 * Every rate, every stream cap and both budgets, divided by four and rounded down, yet at least 1 (a budget of 0 stays
 * 0). Spans and leases stay as they are. Four instances that lose Redis together thus let through about what they might
 * have with it; each one adds at most a quarter of the day's budget a day, however often Redis goes and comes.
 */
export function localRules(rules: AdmissionRules): AdmissionRules {
  const { streams, budget } = rules;
  return {
    visitor: quarterOf(rules.visitor),
    address: quarterOf(rules.address),
    agent: quarterOf(rules.agent),
    total: quarterOf(rules.total),
    newVisitor: quarterOf(rules.newVisitor),
    streams: {
      visitor: quarter(streams.visitor),
      address: quarter(streams.address),
      agent: streams.agent === null ? null : quarter(streams.agent),
      total: quarter(streams.total),
    },
    budget: {
      day: budget.day === null ? null : quarter(budget.day),
      month: budget.month === null ? null : quarter(budget.month),
    },
    leaseSeconds: rules.leaseSeconds,
  };
}
