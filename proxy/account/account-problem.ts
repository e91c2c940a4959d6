/** Failure of a call to the owner's account: what went wrong and what to do about it, as sentences for the owner. */
import { knownPhrase } from "../upstream/error-detail.ts";

/**
 * `key`: refused or incomplete key. `missing`: no such agent. `refused`: the service says why. `quota`: the plan has
 * nothing left. `busy`: asked to wait. `down`: an error of the service. `unreachable`: nothing was sent. `unclear`: sent,
 * and it is unknown what came of it.
 */
export type AccountProblemKind =
  "key" | "missing" | "refused" | "quota" | "busy" | "down" | "unreachable" | "unclear";

export class AccountProblem extends Error {
  override readonly name = "AccountProblem";
  readonly kind: AccountProblemKind;
  /** What the owner can do, as a sentence. */
  readonly mend: string;
  /** How long the service asked to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(kind: AccountProblemKind, message: string, mend: string, retryAfterMs: number | null = null) {
    super(message);
    this.kind = kind;
    this.mend = mend;
    this.retryAfterMs = retryAfterMs;
  }
}

export type Refusal = {
  status: number;
  /** The service's own sentence, without the key; "" when it gave none. */
  reason: string;
  retryAfterMs: number | null;
  isCreation: boolean;
};

const usedUp = (reason: string) =>
  knownPhrase(reason) === "credits or queries used up" || /\blimit\b/i.test(reason);

/** The problem for an answer whose status is not a success (contract section 1, "Error envelope"). */
export function problemFor({ status, reason, retryAfterMs, isCreation }: Refusal): AccountProblem {
  const quoted = reason === "" ? "" : ` It says: “${reason}”`;
  switch (status) {
    case 401:
    case 403:
      return new AccountProblem(
        "key",
        "CustomGPT.ai does not accept the key.",
        "Copy it whole, or make a new one: CustomGPT.ai shows a key only once.",
      );
    case 404:
    case 410:
      return new AccountProblem(
        "missing",
        "This account has no such agent.",
        "Choose one of the account's agents, or give the key of the account that has it.",
      );
    case 400:
    case 422:
      return usedUp(reason) ? planUsedUp(quoted) : refused(quoted);
    case 402:
      return planUsedUp(quoted);
    case 429:
      if (usedUp(reason) && retryAfterMs === null) return planUsedUp(quoted);
      return new AccountProblem(
        "busy",
        "CustomGPT.ai has had too many requests.",
        `Wait ${Math.ceil((retryAfterMs ?? 60_000) / 1000)} seconds and try again.`,
        retryAfterMs,
      );
    case 503:
      if (isCreation && reason !== "") return unreadable(quoted);
      break;
  }
  return new AccountProblem(
    "down",
    `CustomGPT.ai has a fault just now (status ${status}).${quoted}`,
    "Try again in some minutes.",
    retryAfterMs,
  );
}

const planUsedUp = (quoted: string) =>
  new AccountProblem(
    "quota",
    `The plan has nothing left for this.${quoted}`,
    "Delete an agent or enlarge the plan at CustomGPT.ai.",
  );

const refused = (quoted: string) =>
  new AccountProblem("refused", `CustomGPT.ai refused this.${quoted}`, "Correct it and try again.");

const unreadable = (quoted: string) =>
  new AccountProblem(
    "refused",
    `CustomGPT.ai could not read the sitemap.${quoted}`,
    "Look whether the address opens in a browser without signing in, and lists pages.",
  );
