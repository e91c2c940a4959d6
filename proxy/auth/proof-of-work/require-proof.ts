/** Proof-of-work check before a new visitor's first question. */
import { verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { derivedKey } from "../../crypto/derive-key.ts";
import { Refused } from "../../http/errors.ts";
import { challengeLife, issueChallenge, readSolved, type ProofPlace, type Solved } from "./challenge.ts";
import type { Spent } from "./used-challenges.ts";

export type ProofOptions = {
  mode: "never" | "busy" | "always";
  /** The proxy's secret. */
  secret: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** Called in mode `busy` only. */
  isBusy: () => boolean;
  spent: Spent;
};

export type Proofs = {
  /**
   * Checks a new visitor's request by its header `visitor-proof`, or undefined. Throws `not-allowed` with a challenge
   * when one is required and no valid solution was sent.
   */
  demand(header: string | undefined, here: ProofPlace): Promise<void>;
};

export function createProofs(options: ProofOptions): Proofs {
  const { mode, clock, randomBytes, isBusy, spent } = options;
  const secret = Buffer.from(derivedKey(options.secret, "proof of work")).toString("hex");
  const now = () => clock() / 1000;

  async function isSolved({ challenge, solution }: Solved): Promise<boolean> {
    // A challenge is used up by the try, not by its success: each guess costs a new challenge.
    if (!(await spent.spend(challenge.signature.slice(0, 32), challengeLife))) return false;
    const { parameters, signature } = challenge;
    // The library would read the system's clock; expiry has been checked above, with ours.
    const { verified, expired } = await verifySolution({
      challenge: { parameters, signature },
      solution: { counter: solution.counter, derivedKey: solution.derivedKey },
      deriveKey,
      hmacSignatureSecret: secret,
    });
    return verified && !expired;
  }

  return {
    async demand(header, here) {
      if (mode === "never") return;
      const solved = header === undefined ? null : readSolved(header, here, secret, now());
      if (solved && (await isSolved(solved))) return;
      if (mode === "busy" && !isBusy()) return;
      throw new Refused("not-allowed", { proof: issueChallenge(here, secret, now(), randomBytes) });
    },
  };
}
