/** Concurrent streams, counted in memory as leases that expire. */
import type { StreamCap } from "./limits.ts";

export type StreamLeases = {
  /** Whether one more fits under every cap. */
  fits(caps: readonly StreamCap[], now: number): boolean;
  take(lease: string, caps: readonly StreamCap[], now: number): void;
  /** False when it had ended or run out before. */
  giveBack(lease: string, now: number): boolean;
};

export function createStreamLeases(leaseSeconds: number): StreamLeases {
  // In the order in which they run out, because all live equally long.
  const leases = new Map<string, { keys: readonly string[]; ends: number }>();
  const counts = new Map<string, number>();

  function drop(lease: string, keys: readonly string[]): void {
    leases.delete(lease);
    for (const key of keys) {
      const left = (counts.get(key) ?? 0) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    }
  }

  function dropEnded(now: number): void {
    for (const [lease, { keys, ends }] of leases) {
      if (ends > now) return;
      drop(lease, keys);
    }
  }

  return {
    fits(caps, now) {
      dropEnded(now);
      return caps.every(({ key, max }) => (counts.get(key) ?? 0) < max);
    },
    take(lease, caps, now) {
      const keys = caps.map(({ key }) => key);
      leases.set(lease, { keys, ends: now + leaseSeconds * 1000 });
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    giveBack(lease, now) {
      dropEnded(now);
      const held = leases.get(lease);
      if (held) drop(lease, held.keys);
      return held !== undefined;
    },
  };
}
