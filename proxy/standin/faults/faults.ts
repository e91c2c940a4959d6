/** Switch for faults: for a number of calls, or until it is switched off. */
import type { Call } from "../wire/calls.ts";
import { faultNames, faults as sentences, type FaultName } from "../wire/fault-names.ts";

type FaultOptions = {
  /** How many calls it hits before it is off again; without it, all until it is switched off. */
  times?: number | undefined;
  /** Hits only this call; without it, every call the fault makes sense for. */
  call?: Call | undefined;
};

type FaultState = {
  name: FaultName;
  about: string;
  on: boolean;
  /** Calls still to hit; null: until switched off. */
  times: number | null;
  call: Call | null;
};

export type Faults = {
  /** Returns a function that switches it off. */
  on(name: FaultName, options?: FaultOptions): () => void;
  off(name: FaultName): void;
  allOff(): void;
  list(): FaultState[];
  /** Whether the fault hits this call; counts as one of its times. */
  take(name: FaultName, call: Call): boolean;
  /** Those of all faults that hit this call. */
  takeAll(call: Call, names: readonly FaultName[]): ReadonlySet<FaultName>;
};

export function createFaults(): Faults {
  const active = new Map<FaultName, { times: number; call: Call | null }>();

  const take = (name: FaultName, call: Call) => {
    const fault = active.get(name);
    if (fault === undefined || (fault.call !== null && fault.call !== call)) return false;
    fault.times--;
    if (fault.times <= 0) active.delete(name);
    return true;
  };

  return {
    on(name, options = {}) {
      const fault = { times: options.times ?? Infinity, call: options.call ?? null };
      if (fault.times > 0) active.set(name, fault);
      return () => {
        if (active.get(name) === fault) active.delete(name);
      };
    },
    off: (name) => void active.delete(name),
    allOff: () => active.clear(),
    list: () =>
      faultNames.map((name) => {
        const fault = active.get(name);
        const times = fault === undefined || fault.times === Infinity ? null : fault.times;
        return { name, about: sentences[name], on: fault !== undefined, times, call: fault?.call ?? null };
      }),
    take,
    takeAll: (call, names) => new Set(names.filter((name) => take(name, call))),
  };
}
