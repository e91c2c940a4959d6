/** Lease that is given back once: later calls do nothing. */
import type { Lease } from "../admission.ts";

export function createLease(giveBack: (isRefund: boolean) => void): Lease {
  let isHeld = true;
  const once = (isRefund: boolean) => {
    if (isHeld) giveBack(isRefund);
    isHeld = false;
  };
  return { end: () => once(false), refund: () => once(true) };
}
