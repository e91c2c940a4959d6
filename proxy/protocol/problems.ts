/** Problem codes of widget and proxy, each with its status and message. */

/**
 * HTTP status and message of each problem. The message is for developers who read a response; visitors see the widget's
 * own message for the code, in their language.
 */
export const problems = {
  "bad-request": { status: 400, message: "The request is not one this proxy understands." },
  "not-allowed": { status: 403, message: "This site or this visitor may not do that." },
  "not-found": { status: 404, message: "There is nothing here by that name." },
  "too-long": { status: 413, message: "The question is too long." },
  "too-many": { status: 429, message: "Too many questions in a short time." },
  "budget-used-up": { status: 429, message: "The owner's budget for questions is used up for now." },
  "agent-unavailable": { status: 502, message: "The agent is not available." },
  "upstream-busy": { status: 503, message: "The answering service is busy." },
  "upstream-down": { status: 502, message: "The answering service cannot be reached." },
  "answer-cut": { status: 502, message: "The answer ended before it was complete." },
} as const satisfies Record<string, { status: number; message: string }>;

export type ProblemCode = keyof typeof problems;

/** Problem as the browser receives it. */
export type Problem = {
  code: ProblemCode;
  message: string;
  /** Whole seconds after which trying again may help. */
  retryAfter?: number;
  /** The owner's message for the visitor, instead of the widget's. */
  words?: string;
  /**
   * With `not-allowed`: a challenge to solve; the solution is sent in the header `visitor-proof` of the same request.
   */
  proof?: ProofChallenge;
  /** With `not-allowed`: the identity is invalid or has expired; the site has to provide another one. */
  identity?: true;
};

/** A puzzle for the visitor's machine, as the library altcha-lib makes and solves it; to be passed on as it is. */
export type ProofChallenge = { readonly [field: string]: unknown };

/** The body of every response that is not a success. */
export type Refusal = { problem: Problem };

export function isProblemCode(word: unknown): word is ProblemCode {
  return typeof word === "string" && Object.hasOwn(problems, word);
}
