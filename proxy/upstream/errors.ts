/** Failures of upstream calls: a problem code for the visitor, and details for the operator. */
import type { ProblemCode } from "../protocol/problems.ts";

/** A question that was stopped (`cause` says why) before any of it was sent, so that it is not billed. */
export class NotAsked extends Error {
  override readonly name = "NotAsked";

  constructor(cause: unknown) {
    super("stopped before it was asked", { cause });
  }
}

export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly code: ProblemCode;
  /** Whole seconds that upstream asked the proxy to wait. */
  readonly retryAfter: number | undefined;
  /** For the operator's log, without upstream's words; never sent to a browser. */
  readonly detail: string;
  /** Whether the proxy itself refused the call: then it says nothing about the service. */
  readonly isOurs: boolean;

  constructor(code: ProblemCode, detail: string, retryAfter?: number, isOurs = false) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.isOurs = isOurs;
  }
}
