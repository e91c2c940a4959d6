/** Finding of a check: whether it passed and, if not, what the owner can do. */

export type Finding = {
  /** Subject of the check, in a word or two. */
  about: string;
  /** `problem`: visitors get no answers, or strangers get in; `warning`: should be considered. */
  state: "ok" | "warning" | "problem";
  /** The result as a sentence. Never a secret. */
  found: string;
  /** How to fix it, as a sentence. */
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

/** Short reason why an address could not be reached: a system's code where there is one. */
export function reasonOf(error: unknown): string {
  let reason = "no connection";
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === "TimeoutError") return "no answer in time";
    if ("code" in each && typeof each.code === "string") return each.code;
    if (each.message !== "") reason = each.message;
  }
  return reason;
}
