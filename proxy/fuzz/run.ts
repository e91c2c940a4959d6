/** Duration of a fuzz run: some seconds in each test run, FUZZ_RUNS runs when that is set. */
import * as fc from "fast-check";

const runs = Number(process.env["FUZZ_RUNS"] ?? 0);
const seed = Number(process.env["FUZZ_SEED"] ?? 0);

/** Milliseconds for one property without FUZZ_RUNS. */
const usualMs = 3500;
/** For vitest; a long run may take hours. */
export const patience = runs > 0 ? 24 * 3600_000 : 60_000;

/**
 * Checks a property. A failure's message holds the seed, for FUZZ_SEED, and the smallest case. An unhandled rejection
 * fails the case in which it happened.
 */
export async function fuzz<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  property: (...values: Values) => Promise<void>,
): Promise<void> {
  const loose: unknown[] = [];
  const note = (reason: unknown) => void loose.push(reason);
  process.on("unhandledRejection", note);
  try {
    await fc.assert(
      fc.asyncProperty<Values>(...arbitraries, async (...values) => {
        await inTime(property(...values));
        await new Promise((resolve) => setImmediate(resolve));
        if (loose.length > 0)
          throw new Error("a rejection that nobody handled", { cause: loose.splice(0)[0] });
      }),
      {
        ...(runs > 0 ? { numRuns: runs } : { numRuns: 100_000, interruptAfterTimeLimit: usualMs }),
        ...(seed === 0 ? {} : { seed }),
        includeErrorInReport: true,
      },
    );
  } finally {
    process.off("unhandledRejection", note);
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it hung")), 10_000);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
