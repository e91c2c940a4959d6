/** Fetches the parts that only answers need, once, and knows whether they are there. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type * as Parts from "./answer-parts.ts";

export type AnswerParts = typeof Parts;

const parts = signal<AnswerParts | "coming" | "missing">("coming");
let fetching: Promise<AnswerParts> | null = null;

/** Where the parts are: `missing` means that fetching them failed, and that answers are shown as plain text. */
export const answerParts: ReadonlySignal<AnswerParts | "coming" | "missing"> = parts;

/** Fetches the parts if they are not there yet; after a failure, the next call tries again. */
export async function fetchParts(): Promise<void> {
  fetching ??= import("./answer-parts.ts");
  try {
    parts.value = await fetching;
  } catch {
    fetching = null;
    parts.value = "missing";
  }
}
