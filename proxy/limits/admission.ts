/** Admission of questions: rates, concurrent streams and the owner's budget, decided and booked in one step. */

/** At most `max` in any span of `seconds`. */
export type Rate = { readonly max: number; readonly seconds: number };

export type AdmissionRules = {
  visitor: readonly Rate[];
  address: readonly Rate[];
  agent: readonly Rate[];
  total: readonly Rate[];
  /** New visitors from one address. */
  newVisitor: readonly Rate[];
  /** Answers being written at once; null is no limit. */
  streams: { visitor: number; address: number; agent: number | null; total: number };
  /** Upstream queries, by the day and the month of UTC; null is no limit. */
  budget: { day: number | null; month: number | null };
  /** Seconds after which an abandoned lease (its instance died) no longer counts as a stream. */
  leaseSeconds: number;
};

/** Visitor, address and agent of a question, for the limits. */
export type Asker = {
  visitor: string;
  /** Whether the visitor has no token yet and becomes this visitor with this question. */
  isNew: boolean;
  /** From `addressBucket`; null where the server knows none. */
  address: string | null;
  agent: string;
};

/** One admitted question: a query of the budget, and a stream until it is given back. Each method works once. */
export type Lease = {
  /** The answer has ended; the query was spent. */
  end(): void;
  /**
   * Upstream certainly did not accept the question: its query is given back too, but no place in the rates. Otherwise a
   * visitor who knows a question that the service rejects would be under no limit.
   */
  refund(): void;
};

export type BudgetLeft = { day: number | null; month: number | null };

export type Admission = {
  /**
   * Takes one from every limit, or nothing at all. Throws `Refused`: `too-many` with the wait, `budget-used-up` with
   * the wait until the next day or month, `upstream-busy` when limits cannot be counted and the owner chose to refuse
   * then.
   */
  admit(asker: Asker): Promise<Lease>;
  /** The remaining budget; nulls without a budget. Rejects when it cannot be read. */
  left(): Promise<BudgetLeft>;
};
