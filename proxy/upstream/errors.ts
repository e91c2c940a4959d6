/** Upstream's failures, told in our problem codes; what the operator may want to know besides is in `detail`. */
import type { ProblemCode } from "../protocol/problems.ts";

/** A question that was stopped (`cause` says why) before anything of it left for the service: surely nobody is billed. */
export class NotAsked extends Error {
  override readonly name = "NotAsked";

  constructor(cause: unknown) {
    super("stopped before it was asked", { cause });
  }
}

export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly code: ProblemCode;
  /** Whole seconds upstream asked us to wait. */
  readonly retryAfter: number | undefined;
  /** For the operator's log, in our words alone; never sent to a browser. */
  readonly detail: string;
  /** Whether we refused it ourselves: then it says nothing about the service. */
  readonly isOurs: boolean;

  constructor(code: ProblemCode, detail: string, retryAfter?: number, isOurs = false) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.isOurs = isOurs;
  }
}
