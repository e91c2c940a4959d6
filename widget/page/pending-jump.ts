/** Pending jump: the passage to show on the page that a visitor opens next, stored in the tab. */
import { asJson } from "../builtins/as-json.ts";
import { name } from "./has-pending-jump.ts";

export type PendingJump = {
  /** The answer's sentences about it, best match first. */
  readonly said: readonly string[];
  /** The source's own description. */
  readonly about: string | null;
};

/** Lifetime in milliseconds; a page opened later was perhaps opened for another reason. */
const maxAgeMs = 60_000;

/** `page` is a key of `pageKey`. Where storage is blocked, the page opens at its top. */
export function savePendingJump(storage: () => Storage, page: string, jump: PendingJump, now: number): void {
  try {
    storage().setItem(name, asJson({ page, ...jump, at: now }));
  } catch {
    // The text fragment in the URL may still work.
  }
}

/** Removes the pending jump, and returns it if it is for this page. */
export function takePendingJump(
  storage: () => Storage,
  page: string | null,
  now: number,
): PendingJump | null {
  try {
    const text = storage().getItem(name);
    if (text === null) return null;
    storage().removeItem(name);
    const jump: unknown = JSON.parse(text);
    return isPendingJump(jump) && jump.page === page && now - jump.at < maxAgeMs ? jump : null;
  } catch {
    return null;
  }
}

function isPendingJump(value: unknown): value is PendingJump & { page: string; at: number } {
  return (
    typeof value === "object" &&
    value !== null &&
    "page" in value &&
    "at" in value &&
    typeof value.at === "number" &&
    "about" in value &&
    (value.about === null || typeof value.about === "string") &&
    "said" in value &&
    Array.isArray(value.said) &&
    value.said.every((sentence) => typeof sentence === "string")
  );
}
