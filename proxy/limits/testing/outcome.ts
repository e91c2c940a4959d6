/** Outcome of a question, as one word and a wait. */
import type { Lease } from "../admission.ts";
import { Refused } from "../../http/errors.ts";

/** "admitted", or a problem's code and the seconds to wait. */
export async function outcome(admitting: Promise<Lease>): Promise<string> {
  try {
    await admitting;
    return "admitted";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return `${error.code} ${String(error.details.retryAfter)}`;
  }
}

/** How many of them were admitted. */
export async function admitted(all: readonly Promise<Lease>[]): Promise<number> {
  const outcomes = await Promise.all(all.map(outcome));
  return outcomes.filter((each) => each === "admitted").length;
}
