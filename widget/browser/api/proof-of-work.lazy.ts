/** Solver of the proxy's proof of work. */
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import type { ProofChallenge } from "../../../proxy/protocol/problems.ts";
import { asJson } from "../../builtins/as-json.ts";
import { isJsonObject } from "./json-object.ts";

/** More than our proxy ever requires: another server's challenge must not keep a visitor's machine busy. */
const highestCost = 100_000;

/**
 * The header's value: base64 of `{challenge, solution}`. Null when aborted. Rejects without WebCrypto, as on plain http,
 * and for an invalid challenge. WebCrypto computes PBKDF2 off the main thread, without a Worker.
 */
export async function solve(challenge: ProofChallenge, signal: AbortSignal): Promise<string | null> {
  const { parameters, signature } = challenge;
  if (!isJsonObject(parameters) || typeof signature !== "string") throw new Error("This is no challenge.");
  const { algorithm, nonce, salt, cost, keyLength, keyPrefix } = parameters;
  const texts = { algorithm, nonce, salt, keyPrefix };
  if (!isTexts(texts) || typeof cost !== "number" || typeof keyLength !== "number" || cost > highestCost)
    throw new Error("This is no challenge of ours.");
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    const asked = { parameters: { ...texts, cost, keyLength } };
    const solution = await solveChallenge({ challenge: asked, deriveKey, controller });
    return solution && btoa(asJson({ challenge: { parameters, signature }, solution }));
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

const isTexts = <Name extends string>(given: Record<Name, unknown>): given is Record<Name, string> =>
  Object.values(given).every((each) => typeof each === "string");
