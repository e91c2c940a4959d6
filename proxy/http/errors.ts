/** Refusals: a thrown `Refused` becomes the one JSON shape of all refusals. */
import {
  problems,
  type Problem,
  type ProblemCode,
  type ProofChallenge,
  type Refusal,
} from "../protocol/problems.ts";

type Details = {
  /** Whole seconds after which trying again may help. */
  retryAfter?: number | undefined;
  /** The owner's message for the visitor. */
  words?: string | undefined;
  /** Work that the visitor's machine has to do first. */
  proof?: ProofChallenge | undefined;
  /** It is the identity that is not good. */
  identity?: true | undefined;
  /** In place of the code's usual status, where HTTP has an exacter one. */
  status?: 405;
  /** Further response headers, such as `allow` with a 405. */
  headers?: Readonly<Record<string, string>>;
};

/** Thrown by guards and routes to refuse a request. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: ProblemCode;
  readonly details: Details;

  constructor(code: ProblemCode, details: Details = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** A problem for browsers: code, sentence, whole seconds, and additions of the owner or a guard. */
export function problemOf(
  code: ProblemCode,
  retryAfter?: number,
  { words, proof, identity }: Pick<Details, "words" | "proof" | "identity"> = {},
): Problem {
  const problem: Problem = { code, message: problems[code].message };
  if (retryAfter !== undefined && Number.isFinite(retryAfter))
    problem.retryAfter = Math.max(1, Math.ceil(retryAfter));
  if (words !== undefined) problem.words = words;
  if (proof !== undefined) problem.proof = proof;
  if (identity !== undefined) problem.identity = identity;
  return problem;
}

/** The parts of the response that a refusal is. */
export function refusalParts({ code, details }: Refused): {
  body: string;
  status: (typeof problems)[ProblemCode]["status"] | 405;
  headers: Record<string, string>;
} {
  const problem = problemOf(code, details.retryAfter, details);
  const headers: Record<string, string> = {
    ...details.headers,
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  if (problem.retryAfter !== undefined) headers["retry-after"] = String(problem.retryAfter);
  const body = JSON.stringify({ problem } satisfies Refusal);
  return { body, status: details.status ?? problems[code].status, headers };
}
