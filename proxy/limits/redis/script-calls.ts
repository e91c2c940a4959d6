/** Keys and values of each admission script, in the script's order. */
import type { AdmissionRules, Asker } from "../admission.ts";
import type { Script } from "../../redis/redis.ts";
import { admitScript, bookScript, giveBackScript, spentScript } from "./admission-lua.ts";
import { limitsOf } from "../limits.ts";
import type { SpentMemory } from "./usage-snapshot.ts";

export type ScriptCall = {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly values: readonly (string | number)[];
};

export type ScriptCalls = ReturnType<typeof createScriptCalls>;

/** One hash tag for all keys, so that they are on one node of a cluster and one script may use them. */
const prefix = "{customgpt-widget}limits:";
const budgetKey = `${prefix}budget`;

/** `hash` hides addresses and visitors from readers of the keys. */
export function createScriptCalls(
  rules: AdmissionRules,
  clock: () => number,
  hash: (text: string) => string,
  known: Pick<SpentMemory, "values">,
) {
  const name = (scope: string, who: string) =>
    `${prefix}${scope.replace(" ", "-")}:${hash(`${scope} ${who}`)}`;
  const leaseLength = Math.round(rules.leaseSeconds * 1000);

  /** Starts of the last, this, the next month and the one after it. */
  function months(): number[] {
    const today = new Date(clock());
    return [-1, 0, 1, 2].map((by) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + by));
  }

  const leaseValues = (lease: string) => [lease, leaseLength, ...months()];

  function partsOf(asker: Asker) {
    const limits = limitsOf(rules, asker, name);
    const rates = limits.rates.flatMap(({ key, rates }) =>
      rates.map(({ max, seconds }) => ({ key: `${key}:${seconds}`, max, span: seconds * 1000 })),
    );
    const streams = limits.streams.map(({ key, max }) => ({ key: `${key}:streams`, max }));
    const keys = [budgetKey, ...rates.map(({ key }) => key), ...streams.map(({ key }) => key)];
    return { rates, streams, keys };
  }

  return {
    admit(asker: Asker, lease: string): ScriptCall {
      const { rates, streams, keys } = partsOf(asker);
      const budget = [rules.budget.day ?? -1, rules.budget.month ?? -1];
      const values = [
        ...leaseValues(lease),
        ...known.values(),
        ...budget,
        rates.length,
        ...rates.flatMap(({ max, span }) => [max, span]),
        ...streams.map(({ max }) => max),
      ];
      return { script: admitScript, keys, values };
    },

    giveBack(asker: Asker, lease: string, isRefund: boolean): ScriptCall {
      const { streams } = partsOf(asker);
      const keys = [budgetKey, ...streams.map(({ key }) => key)];
      return { script: giveBackScript, keys, values: [...leaseValues(lease), isRefund ? 1 : 0] };
    },

    book(queries: number, time: number, batch: string): ScriptCall {
      const keys = [budgetKey, `${prefix}booked:${batch}`];
      return { script: bookScript, keys, values: [queries, time, ...months(), ...known.values(), batch] };
    },

    /** `mark` names the counts if they are new. */
    spent(mark: string): ScriptCall {
      return { script: spentScript, keys: [budgetKey], values: [mark, 0, ...months(), ...known.values()] };
    },
  };
}
