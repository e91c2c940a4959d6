/** Limits of one instance while Redis is away: a quarter of each. */
import type { AdmissionRules, Rate } from "../admission.ts";

const quarter = (max: number): number => (max === 0 ? 0 : Math.max(1, Math.floor(max / 4)));
const quarterOf = (rates: readonly Rate[]): readonly Rate[] =>
  rates.map(({ max, seconds }) => ({ max: quarter(max), seconds }));

/**
 * All rates, stream caps and both budgets, divided by four and rounded down, but at least 1 (a budget of 0 stays 0).
 * Spans and leases do not change. Four instances that lose Redis together then admit about as much as with it; each
 * adds at most a quarter of the day's budget a day, however often Redis goes away.
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
