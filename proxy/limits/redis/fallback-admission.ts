/** Admission while Redis is away: refuses each question, or counts on this instance alone. */
import { Refused } from "../../http/errors.ts";
import type { Admission, AdmissionRules, Lease } from "../admission.ts";
import { createMemoryAdmission } from "../memory-admission.ts";
import { refusalFor } from "../refusals.ts";
import { localRules } from "./fallback-rules.ts";
import { createLease } from "./lease.ts";
import type { UnreportedUsage } from "./unreported-usage.ts";
import type { SpentMemory } from "./usage-snapshot.ts";

type FallbackOptions = {
  rules: AdmissionRules;
  clock: () => number;
  whenAway: "refuse" | "local";
  known: SpentMemory;
  unreported: UnreportedUsage;
  words: string | null;
};

/** Seconds in `Retry-After` while limits cannot be counted. */
const awayWait = 5;

export function createFallbackAdmission(options: FallbackOptions): Pick<Admission, "admit"> {
  const { rules, clock, whenAway, known, unreported, words } = options;
  const local = createMemoryAdmission({ rules: localRules(rules), clock, words });

  /** Counts the query, or its refund, in what Redis will be sent and in the budget known here. */
  function count(queries: 1 | -1, time: number): void {
    unreported.add(queries, time);
    known.budget.spend(queries, time);
  }

  return {
    async admit(asker): Promise<Lease> {
      if (whenAway === "refuse") throw new Refused("upstream-busy", { retryAfter: awayWait });
      // A quarter of the budget, and no more than was left of the whole.
      const refused = refusalFor({ budget: known.budget.wait(clock()), rates: 0, streams: false }, words);
      if (refused) throw refused;
      const lease = await local.admit(asker);
      const then = clock();
      count(1, then);
      return createLease((isRefund) => {
        if (!isRefund) return lease.end();
        lease.refund();
        // As in Redis: the query of an expired lease stays spent.
        if (clock() < then + rules.leaseSeconds * 1000) count(-1, then);
      });
    },
  };
}
