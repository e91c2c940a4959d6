/** Finding of a check: whether it passed and, if not, what the owner can do. */

export type Finding = {
  /** What was looked at, in a word or two. */
  about: string;
  /** A `problem` keeps visitors from answers or lets strangers in; a `warning` is worth a thought. */
  state: "ok" | "warning" | "problem";
  /** What was found, as a sentence. Never a secret. */
  found: string;
  /** How to mend it, as a sentence. */
  mend?: string;
};

export const ok = (about: string, found: string): Finding => ({ about, state: "ok", found });

export const warning = (about: string, found: string, mend: string): Finding => ({
  about,
  state: "warning",
  found,
  mend,
});

export const problem = (about: string, found: string, mend: string): Finding => ({
  about,
  state: "problem",
  found,
  mend,
});

/** What went wrong on the way to an address, in few words: a system's code where there is one. */
export function reasonOf(error: unknown): string {
  let reason = "no connection";
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === "TimeoutError") return "no answer in time";
    if ("code" in each && typeof each.code === "string") return each.code;
    if (each.message !== "") reason = each.message;
  }
  return reason;
}
