/** Limit of requests of any kind from one address to this instance: the cheapest check, before all others. */
import type { Context, MiddlewareHandler } from "hono";
import type { Rate } from "../limits/admission.ts";
import { clientAddress } from "../http/client-address.ts";
import { isForPicture } from "../http/image-request.ts";
import { Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import { createWindowTable, type WindowTable } from "../limits/window-table.ts";

export type RequestLimitOptions = {
  rates: readonly Rate[];
  /** Number of trusted proxies in front (TRUST_PROXY). */
  trusted: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  words?: string | null;
  /** Addresses counted at once; new ones are refused while all of them still count. */
  capacity?: number;
};

type Count = (c: Context<RequestContext>) => void;

/** Each kind is counted by itself, so that requests which a foreign page provokes take nothing from the chat. */
export type RequestLimits = {
  /** Notes the address for those after it, as `c.get("address")`; unknown addresses share one limit. */
  address: MiddlewareHandler<RequestContext>;
  /** Calls of sites that may use the proxy; pictures are counted by themselves, since every page can show them. */
  calls: MiddlewareHandler<RequestContext>;
  /** The widget's files: four times as many, since one chat needs several. */
  files: MiddlewareHandler<RequestContext>;
  /** Probes: as many as files, and ten a second at least, since balancers ask often. */
  probes: MiddlewareHandler<RequestContext>;
  /** Requests that are refused anyway, and diagnoses: foreign sites, guesses, unknown paths. Throws over the limit. */
  stranger: Count;
  /** Preflights: four times as many, as a browser whose preflight fails cannot read the limit's refusal. */
  preflight: Count;
};

const generous = 4;
const probesEachSecond = 10;

export function createRequestLimits(options: RequestLimitOptions): RequestLimits {
  const { rates, trusted, clock, words, capacity = 100_000 } = options;
  const more = rates.map(({ max, seconds }) => ({ max: max * generous, seconds }));
  const often = more.map(({ max, seconds }) => ({
    max: Math.max(max, probesEachSecond * seconds),
    seconds,
  }));
  // A separate table, so that many addresses that only fetch files leave room for those that ask.
  const ofCalls = createWindowTable(capacity);
  const ofOthers = createWindowTable(capacity / 2);

  function count(c: Context<RequestContext>, table: WindowTable, kind: string, rates: readonly Rate[]): void {
    const limits = [{ key: `${kind} ${c.get("address") ?? "unknown"}`, rates }];
    const now = clock();
    const wait = table.wait(limits, now);
    if (wait > 0) throw new Refused("too-many", { retryAfter: wait / 1000, words: words ?? undefined });
    table.add(limits, now);
  }

  const before =
    (counting: Count): MiddlewareHandler<RequestContext> =>
    (c, next) => {
      counting(c);
      return next();
    };

  return {
    address(c, next) {
      c.set("address", clientAddress(c.env.address, c.req.header("x-forwarded-for"), trusted));
      return next();
    },
    calls: before((c) =>
      isForPicture(c) ? count(c, ofOthers, "picture", rates) : count(c, ofCalls, "call", rates),
    ),
    files: before((c) => count(c, ofOthers, "file", more)),
    probes: before((c) => count(c, ofOthers, "probe", often)),
    stranger: (c) => count(c, ofOthers, "stranger", rates),
    preflight: (c) => count(c, ofOthers, "preflight", more),
  };
}
