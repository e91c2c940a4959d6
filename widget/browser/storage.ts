/** Keeps the conversation in the browser: survives storage that is blocked, full, spoilt or of another version. */
import type { Memory, Pending, Place, Remembered } from "../conversation/world.ts";
import { isLoose, parseJson, textOrNull } from "./shapes.ts";

/** Raised when what is kept changes its form; other versions are not read. */
const version = 1;

/**
 * `storage` may throw, as `localStorage` itself does in a sandboxed frame or when the visitor blocks it; then all is
 * kept for as long as the page lives. Nothing is written before the first `remember`. What was kept for somebody else
 * than `who` names now is thrown away.
 */
export function createMemory(storage: () => Storage, key: string, who = () => ""): Memory {
  let kept: Remembered | null = null;

  function attempt<Result>(use: (storage: Storage) => Result): Result | null {
    try {
      return use(storage());
    } catch {
      return null;
    }
  }

  function forget(): void {
    kept = null;
    attempt((storage) => storage.removeItem(key));
  }

  return {
    recall() {
      const text = attempt((storage) => storage.getItem(key));
      const value = text && parseJson(text);
      if (isLoose(value) && (value["who"] ?? "") !== who()) {
        forget();
        return null;
      }
      return readRemembered(value) || kept;
    },
    remember({ place, pending }) {
      kept = { place, pending };
      const text = JSON.stringify({ __proto__: null, version, who: who(), place, pending });
      const written = attempt((storage) => {
        storage.setItem(key, text);
        return true;
      });
      // A full storage must not bring back what has been overtaken.
      if (!written) attempt((storage) => storage.removeItem(key));
    },
    forget,
  };
}

function readRemembered(value: unknown): Remembered | null {
  if (!isLoose(value) || value["version"] !== version) return null;
  const place = readPlace(value["place"]);
  const pending = readPending(value["pending"]);
  return place || pending ? { place, pending } : null;
}

function readPlace(value: unknown): Place | null {
  if (!isLoose(value)) return null;
  const { conversation, visitor } = value;
  return typeof conversation === "string" && typeof visitor === "string" ? { conversation, visitor } : null;
}

function readPending(value: unknown): Pending | null {
  if (!isLoose(value)) return null;
  const { id, question, at, taken, after, stopped } = value;
  if (typeof id !== "string" || typeof question !== "string" || typeof at !== "number") return null;
  return {
    id,
    question,
    at,
    taken: taken === true,
    after: textOrNull(after),
    ...(typeof stopped === "string" && { stopped }),
  };
}
