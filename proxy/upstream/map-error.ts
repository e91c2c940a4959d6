/** Mapping of upstream's errors to the proxy's problem codes (contract section 1, "Error envelope"). */
import type { ProblemCode } from "../protocol/problems.ts";
import { failureDetail, knownPhrase, mistakeDetail } from "./error-detail.ts";
import { UpstreamFailure } from "./errors.ts";
import { TransportFailure } from "./transport/types.ts";

/**
 * What a call was about; a 404 and a 403 mean different things for each: "session" is a conversation that worked before, so that a 403
 * says that this caller may no longer use it (contract section 1); a new conversation may help then.
 */
export type About = "project" | "conversation" | "session";

export type ErrorAnswer = {
  status: number;
  /** Upstream's message without the question: decides the code, and goes no further. */
  words: string;
  /** Kind and length of its body, for the log (`bodyShape`). */
  shape: string;
  retryAfter: number | undefined;
  about: About;
  /** Whether the body is not the service's JSON, so that a firewall before it may have answered. */
  isForeign?: boolean;
  /** Whether the call carried a visitor's input, which a 400 may be about. */
  carriesInput: boolean;
};

const usedUp = (words: string) => knownPhrase(words) === "credits or queries used up";
const namesToken = (words: string) => knownPhrase(words) === "token missing or invalid";
const tooFast = (words: string) => knownPhrase(words) === "throttled";

export function failureOf(answer: ErrorAnswer): UpstreamFailure {
  const code = codeOf(answer);
  const wait = code === "upstream-busy" ? answer.retryAfter : undefined;
  return new UpstreamFailure(code, failureDetail(answer.status, answer.words, answer.shape), wait);
}

function codeOf(answer: Omit<ErrorAnswer, "shape">): ProblemCode {
  const { status, words, retryAfter, about, carriesInput, isForeign = false } = answer;
  // A firewall's answer: it is about these words, not about the key or the agent.
  if (carriesInput && isForeign && refusesWords(status)) return "bad-request";
  switch (status) {
    case 400:
    case 422:
      // Without a visitor's input only what the owner configured can be wrong.
      return carriesInput ? "bad-request" : "agent-unavailable";
    case 401:
      return "agent-unavailable";
    case 403:
      return about === "session" && !namesToken(words) && !namesAgent(words)
        ? "not-found"
        : "agent-unavailable";
    case 402:
      return "budget-used-up";
    case 404:
    case 410:
      return about === "project" || namesAgent(words) ? "agent-unavailable" : "not-found";
    case 413:
      return "too-long";
    case 429:
      // One status for two things: the month's queries used up, and too many a minute.
      return usedUp(words) && retryAfter === undefined ? "budget-used-up" : "upstream-busy";
    case 503:
      return retryAfter === undefined ? "upstream-down" : "upstream-busy";
    default:
      return "upstream-down";
  }
}

/** Statuses that refuse a call for its content, not for its size or for the number of calls. */
const refusesWords = (status: number) =>
  status >= 400 && status < 500 && ![402, 408, 413, 429].includes(status);

function namesAgent(words: string): boolean {
  return /\b(agent|project)\b/i.test(words) && !/conversation|message|session/i.test(words);
}

/** The failure for an error inside a stream, before any text arrived. */
export function failureInStream(words: string, status: number | null, about: About): UpstreamFailure {
  const shape = words === "" ? "no words" : `${words.length} characters`;
  const detail = `error in the stream: ${failureDetail(status, words, shape)}`;
  if (usedUp(words)) return new UpstreamFailure("budget-used-up", detail);
  if (tooFast(words)) return new UpstreamFailure("upstream-busy", detail);
  const answer = { status: status ?? 500, words, retryAfter: undefined, carriesInput: true };
  return new UpstreamFailure(codeOf({ ...answer, about }), detail);
}

/** Every thrown error as an `UpstreamFailure`. */
export function asUpstreamFailure(error: unknown): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  const detail = error instanceof TransportFailure ? `${error.kind}: ${error.message}` : mistakeDetail(error);
  return new UpstreamFailure("upstream-down", detail);
}
