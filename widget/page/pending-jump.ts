/** Pending jump: the passage a visitor is on the way to, stored once in the tab. */
import { asJson } from "../builtins/as-json.ts";
import { name } from "./has-pending-jump.ts";

export type PendingJump = {
  /** The sentences that an answer says about it, best known words first. */
  readonly said: readonly string[];
  /** How the source describes itself. */
  readonly about: string | null;
};

/** A page that takes longer to come than this, in milliseconds, was perhaps gone to for another reason. */
const maxAgeMs = 60_000;

/** `page` is the page's address as `pageKey` gives it. Where storage is blocked, the page is shown from its top. */
export function savePendingJump(storage: () => Storage, page: string, jump: PendingJump, now: number): void {
  try {
    storage().setItem(name, asJson({ page, ...jump, at: now }));
  } catch {
    // The browser's own way to the passage may still work.
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
