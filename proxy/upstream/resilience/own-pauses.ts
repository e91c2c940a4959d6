/** Backoff for a visitor or an address whose questions fail again and again; nobody else waits. */
import type { Who } from "../../metrics/request-id.ts";
import { createTtlCache } from "./ttl-cache.ts";
import { UpstreamFailure } from "../errors.ts";

/** Failures in a row that a visitor, and that all visitors of an address, may have before a pause. */
const patience = { visitor: 6, address: 40 };
const firstPauseMs = 2000;
const longestPauseMs = 60_000;
/** Milliseconds after which what somebody did is forgotten. */
const rememberMs = 10 * 60_000;
/** An address at which somebody was served within so many milliseconds is not one that only provokes failures. */
const servedMs = 60_000;

type Record = { inARow: number; until: number; servedAt: number };

export type OwnPauses = {
  /** Throws `upstream-busy` while these have to wait. */
  check(who: Who | undefined): void;
  failed(who: Who | undefined): void;
  served(who: Who | undefined): void;
  /** The service asked them, and nobody else as far as is known, to wait so many seconds. */
  pause(who: Who, seconds: number): void;
};

/** `clock` tells milliseconds since 1970. */
export function createOwnPauses(clock: () => number): OwnPauses {
  const visitors = createTtlCache<Record>({ clock, capacity: 20_000 });
  const addresses = createTtlCache<Record>({ clock, capacity: 20_000 });
  const nothing: Record = { inARow: 0, until: 0, servedAt: -Infinity };
  const isAlive = ({ servedAt }: Record) => clock() - servedAt < servedMs;

  function recordsOf({ visitor, address }: Who) {
    const ofAddress = address ?? "unknown";
    return [
      { table: visitors, key: visitor, record: visitors.get(visitor) ?? nothing, isShared: false },
      { table: addresses, key: ofAddress, record: addresses.get(ofAddress) ?? nothing, isShared: true },
    ];
  }

  return {
    check(who) {
      const ends = who ? recordsOf(who).map(({ record }) => record.until) : [];
      const left = Math.max(0, ...ends) - clock();
      if (left <= 0) return;
      const detail =
        "refused by us: this visitor's, or this address', last questions failed one after another";
      throw new UpstreamFailure("upstream-busy", detail, Math.ceil(left / 1000), true);
    },
    failed(who) {
      for (const { table, key, record, isShared } of who ? recordsOf(who) : []) {
        const inARow = record.inARow + 1;
        const beyond = inARow - (isShared ? patience.address : patience.visitor);
        const isPaused = beyond >= 0 && !(isShared && isAlive(record));
        const pauseMs = Math.min(firstPauseMs * 2 ** beyond, longestPauseMs);
        const until = isPaused ? Math.max(record.until, clock() + pauseMs) : record.until;
        table.set(key, { ...record, inARow, until }, rememberMs);
      }
    },
    served(who) {
      for (const { table, key } of who ? recordsOf(who) : [])
        table.set(key, { inARow: 0, until: 0, servedAt: clock() }, rememberMs);
    },
    pause(who, seconds) {
      for (const { table, key, record, isShared } of recordsOf(who)) {
        if (isShared && isAlive(record)) continue;
        const until = Math.max(record.until, clock() + seconds * 1000);
        table.set(key, { ...record, until }, rememberMs);
      }
    },
  };
}
