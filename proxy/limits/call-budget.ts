/** Budget of calls to the service per minute, for the whole account; no caller may use all of it. */
import { createWindowTable } from "./window-table.ts";

/**
 * Purpose of a call. `question`: start of a conversation. `follow-up`: question in a conversation. `source`: what an
 * answer needs besides. `read`: transcripts, ratings, deletions. `own`: calls of the proxy itself, which are counted
 * and never refused.
 */
export type CallPart = "question" | "follow-up" | "source" | "read" | "own";

export type CallUse = {
  part: CallPart;
  /** How many calls it will be. */
  calls: number;
  /** Address from `clientAddress`; undefined for a call that is for no single visitor. */
  address: string | null | undefined;
};

export type CallBudget = {
  /** Takes these calls and resolves with 0, or takes nothing and resolves with the milliseconds until they would fit. */
  take(use: CallUse): Promise<number>;
};

/** Shares of the budget; each is at least two calls, which a first question takes. */
const shares = {
  /** Reading never takes what questions need. */
  read: 1 / 4,
  source: 1 / 4,
  /** Running conversations leave a quarter to new ones. */
  "follow-up": 3 / 4,
  /** One address leaves some to all others. */
  address: 11 / 20,
  "read from an address": 1 / 6,
} as const;

/** Calls to read one long conversation with its sources: a smaller share would not suffice. */
const oneReading = 20;

export type CallLimit = {
  /** Calls a minute. */
  readonly max: number;
  /** True when the owner set no number: then only reading is limited to its share. */
  readonly isAssumed: boolean;
};

export type CallCap = { readonly key: string; readonly max: number };

/** Which caps a use falls under, by name: the same list for memory and for Redis. */
export function capsOf({ max, isAssumed }: CallLimit, { part, address }: CallUse): readonly CallCap[] {
  const from = `address ${address ?? "unknown"}`;
  const share = (of: keyof typeof shares) => Math.max(2, Math.floor(max * shares[of]));
  const shareOfReading = (of: "read" | "read from an address") =>
    Math.max(share(of), Math.min(oneReading, Math.floor(max / 2)));
  const ofReading = [
    { key: "read", max: shareOfReading("read") },
    ...(address === undefined
      ? []
      : [{ key: `read from ${from}`, max: shareOfReading("read from an address") }]),
  ];
  if (isAssumed) return part === "read" ? ofReading : [];
  return [
    { key: "all", max },
    ...(part === "follow-up" || part === "source" ? [{ key: part, max: share(part) }] : []),
    ...(part === "own" || address === undefined ? [] : [{ key: from, max: share("address") }]),
    ...(part === "read" ? ofReading : []),
  ];
}

/** Seconds. */
export const callSpan = 60;

/** Counted in this process' memory. A limit of null is none. */
export function createCallBudget(limit: CallLimit | null, clock: () => number): CallBudget {
  const windows = createWindowTable(50_000);
  return {
    async take(use) {
      if (limit === null) return 0;
      const limits = capsOf(limit, use).map((cap) => ({
        key: cap.key,
        rates: [{ max: cap.max, seconds: callSpan }],
      }));
      const now = clock();
      const wait = use.part === "own" ? 0 : windows.wait(limits, now, use.calls);
      if (wait === 0) windows.add(limits, now, use.calls);
      return wait;
    },
  };
}
