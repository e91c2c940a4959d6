/** `Admission` that admits every question unless a test sets otherwise, and records what became of it. */
import type { Refused } from "../http/errors.ts";
import type { Admission, Asker } from "../limits/admission.ts";

export type CountedAdmission = Admission & {
  readonly askers: Asker[];
  ended: number;
  refunded: number;
  /** When set, the next questions are refused with it. */
  refusal: Refused | null;
};

export function createCountedAdmission(): CountedAdmission {
  const counted: CountedAdmission = {
    askers: [],
    ended: 0,
    refunded: 0,
    refusal: null,
    async admit(asker) {
      if (counted.refusal) throw counted.refusal;
      counted.askers.push(asker);
      let isOpen = true;
      const once = (work: () => void) => () => {
        if (!isOpen) throw new Error("A lease was given back twice.");
        isOpen = false;
        work();
      };
      return { end: once(() => counted.ended++), refund: once(() => counted.refunded++) };
    },
    left: () => Promise.resolve({ day: null, month: null }),
  };
  return counted;
}
