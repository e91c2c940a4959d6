/** Proof-of-work challenges in altcha-lib's form: issued and verified with one hash each. */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as v from "valibot";

/** What a challenge is valid for. */
export type ProofPlace = { agent: string; origin: string | null };

/**
 * PBKDF2 because browsers compute it off their main thread, without a Worker, which pages may forbid. A try takes some
 * half a millisecond, and 256 are needed on average: an eighth of a second on a desk, about a second on a slow phone.
 */
const algorithm = "PBKDF2/SHA-256";
const cost = 2_500;
const keyLength = 32;
const keyPrefix = "00";

/** Seconds a challenge may be worked on. */
export const challengeLife = 300;

const hex = (length: number) => v.pipe(v.string(), v.regex(/^[0-9a-f]+$/), v.length(length));

/** In the order of its keys' letters, in which the library signs them. */
const parametersSchema = v.object({
  algorithm: v.literal(algorithm),
  cost: v.literal(cost),
  data: v.object({ agent: v.string(), origin: v.nullable(v.string()) }),
  expiresAt: v.number(),
  keyLength: v.literal(keyLength),
  keyPrefix: v.literal(keyPrefix),
  nonce: hex(32),
  salt: hex(32),
});

const solvedSchema = v.object({
  challenge: v.object({ parameters: parametersSchema, signature: hex(64) }),
  solution: v.object({
    counter: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
    derivedKey: v.pipe(hex(keyLength * 2), v.startsWith(keyPrefix)),
    time: v.optional(v.number()),
  }),
});

export type Challenge = v.InferOutput<typeof solvedSchema>["challenge"];
export type Solved = v.InferOutput<typeof solvedSchema>;

/** Longer than any valid solution. */
const maxProofLength = 2_000;

function signatureOf(parameters: Challenge["parameters"], secret: string): string {
  return createHmac("sha256", secret).update(JSON.stringify(parameters)).digest("hex");
}

/** `now` is in seconds. The library's own maker gives the same, but takes some fifty times as long over WebCrypto. */
export function issueChallenge(
  { agent, origin }: ProofPlace,
  secret: string,
  now: number,
  randomBytes: (count: number) => Uint8Array,
): Challenge {
  const parameters = {
    algorithm,
    cost,
    data: { agent, origin },
    expiresAt: Math.floor(now) + challengeLife,
    keyLength,
    keyPrefix,
    nonce: Buffer.from(randomBytes(16)).toString("hex"),
    salt: Buffer.from(randomBytes(16)).toString("hex"),
  } as const;
  return { parameters, signature: signatureOf(parameters, secret) };
}

/**
 * Reads the header's base64 of `{challenge, solution}`. Null unless the challenge was issued here, for this agent and
 * site, and has not expired, and the solution has the right form: most wrong ones are rejected here, at no cost.
 */
export function readSolved(header: string, here: ProofPlace, secret: string, now: number): Solved | null {
  if (header.length > maxProofLength || !/^[A-Za-z0-9+/]+={0,2}$/.test(header)) return null;
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(header, "base64").toString());
  } catch {
    return null;
  }
  const read = v.safeParse(solvedSchema, given, { abortEarly: true });
  if (!read.success) return null;
  const { parameters, signature } = read.output.challenge;
  const expected = signatureOf(parameters, secret);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null;
  const { data, expiresAt } = parameters;
  const fits = expiresAt > now && data.agent === here.agent && data.origin === here.origin;
  return fits ? read.output : null;
}
