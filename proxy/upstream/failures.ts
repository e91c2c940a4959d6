/** Upstream's failures, told in our problem codes; their own words stay in `detail`, which is for the log only. */
import type { ProblemCode } from "../protocol/problems.ts";

export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly code: ProblemCode;
  /** Whole seconds upstream asked us to wait. */
  readonly retryAfter: number | undefined;
  /** What upstream said, for the operator's log; never sent to a browser. */
  readonly detail: string;

  constructor(code: ProblemCode, detail: string, retryAfter?: number) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}
