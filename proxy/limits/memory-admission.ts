/** Limits, streams and budget of one process, counted in its memory. */
import type { Admission, AdmissionRules, Asker } from "./admission.ts";
import { limitsOf } from "./limits.ts";
import { createBudget, type BudgetStore } from "./budget.ts";
import { refusalFor } from "./refusals.ts";
import { createStreamLeases } from "./concurrent-streams.ts";
import { createWindowTable } from "./window-table.ts";

export type MemoryAdmissionOptions = {
  rules: AdmissionRules;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** The owner's message for visitors whom a limit stops. */
  words?: string | null;
  /** Store of the budget's counts beyond this process; default: memory. */
  budgetStore?: BudgetStore;
  /** Visitors and addresses counted at once. When all of them still count, new ones are refused: none is forgotten early. */
  capacity?: number;
};

const usualCapacity = 200_000;

/** At the default capacity a process grows by about 130 MB at most. */
export function createMemoryAdmission(options: MemoryAdmissionOptions): Admission {
  const { rules, clock, words, budgetStore, capacity = usualCapacity } = options;
  const budget = createBudget(rules.budget, budgetStore);
  const windows = createWindowTable(capacity);
  const leases = createStreamLeases(rules.leaseSeconds);
  let last = 0;

  // Nothing is awaited here, so that no request can interleave between check and booking.
  function admit(asker: Asker) {
    const now = clock();
    const { rates, streams } = limitsOf(rules, asker, (scope, who) => `${scope} ${who}`);
    const refused = refusalFor(
      {
        budget: budget.wait(now),
        rates: windows.wait(rates, now),
        streams: !leases.fits(streams, now),
      },
      words,
    );
    if (refused) throw refused;
    const lease = String(++last);
    windows.add(rates, now);
    leases.take(lease, streams, now);
    budget.spend(1, now);
    return {
      end: () => void leases.giveBack(lease, clock()),
      refund() {
        if (!leases.giveBack(lease, clock())) return;
        budget.spend(-1, now);
      },
    };
  }

  return {
    admit: async (asker) => admit(asker),
    left: async () => budget.left(clock()),
  };
}
