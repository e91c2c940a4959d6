/** Tests of proof of work: solved as browsers do, used once, and cheap to refuse. */
import { randomBytes } from "node:crypto";
import { solveChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refused } from "../../http/errors.ts";
import { createBusy } from "./load.ts";
import { issueChallenge, readSolved, type Challenge } from "./challenge.ts";
import { createProofs, type ProofOptions } from "./require-proof.ts";
import { createSpent } from "./used-challenges.ts";

const here = { agent: "default", origin: "https://shop.example.com" };

function proofsAt(now = { value: Date.now() }, more: Partial<ProofOptions> = {}) {
  const clock = () => now.value;
  return createProofs({
    mode: "always",
    secret: "s".repeat(32),
    clock,
    randomBytes,
    isBusy: () => false,
    spent: createSpent(null, clock),
    ...more,
  });
}

async function refusal(demand: Promise<void>): Promise<Challenge> {
  const error: unknown = await demand.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused) || error.code !== "not-allowed") throw new Error("It was let through.");
  const { parameters, signature } = JSON.parse(JSON.stringify(error.details.proof));
  return { parameters, signature };
}

const encoded = (solved: unknown) => Buffer.from(JSON.stringify(solved)).toString("base64");

async function solved(challenge: Challenge) {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("The challenge was not solved.");
  return { challenge, solution };
}

describe("a newcomer", () => {
  it("is admitted once with the solution of its challenge", async () => {
    const proofs = proofsAt();
    const header = encoded(await solved(await refusal(proofs.demand(undefined, here))));
    await expect(proofs.demand(header, here)).resolves.toBeUndefined();
    await refusal(proofs.demand(header, here));
  });

  it("uses a solution once, even when it is sent many times at once", async () => {
    const proofs = proofsAt();
    const header = encoded(await solved(await refusal(proofs.demand(undefined, here))));
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => proofs.demand(header, here)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("cannot use it with another agent, on another site, after five minutes or at another proxy", async () => {
    const now = { value: Date.now() };
    const proofs = proofsAt(now);
    const header = encoded(await solved(await refusal(proofs.demand(undefined, here))));
    await refusal(proofs.demand(header, { ...here, agent: "sales" }));
    await refusal(proofs.demand(header, { ...here, origin: "https://other.example.com" }));
    await refusal(proofs.demand(header, { ...here, origin: null }));
    await refusal(proofsAt(now, { secret: "t".repeat(32) }).demand(header, here));
    now.value += 301_000;
    await refusal(proofs.demand(header, here));
    now.value -= 301_000;
    await expect(proofs.demand(header, here)).resolves.toBeUndefined();
  });

  it("cannot change the work's difficulty, lifetime or visitor", async () => {
    const proofs = proofsAt();
    const { challenge, solution } = await solved(await refusal(proofs.demand(undefined, here)));
    const { parameters } = challenge;
    for (const change of [
      { cost: 1 },
      { keyPrefix: "0" },
      { expiresAt: parameters.expiresAt + 1 },
      { nonce: "0".repeat(32) },
    ])
      await refusal(
        proofs.demand(
          encoded({ challenge: { ...challenge, parameters: { ...parameters, ...change } }, solution }),
          here,
        ),
      );
    const moved = { ...parameters, data: { agent: 'default","origin":"x', origin: null } };
    const again = encoded({ challenge: { ...challenge, parameters: moved }, solution });
    await expect(proofs.demand(again, here)).rejects.toThrow(Refused);
  });

  it("uses up the challenge with a wrong solution", async () => {
    const proofs = proofsAt();
    const right = await solved(await refusal(proofs.demand(undefined, here)));
    const guess = { ...right.solution, derivedKey: "00".repeat(32) };
    await refusal(proofs.demand(encoded({ ...right, solution: guess }), here));
    expect(await refusal(proofs.demand(encoded(right), here))).not.toEqual(right.challenge);
  });

  it("solves challenges as configured: never, under load, or always", async () => {
    const now = { value: Date.now() };
    const never = proofsAt(now, { mode: "never", isBusy: () => true });
    await expect(never.demand(undefined, here)).resolves.toBeUndefined();
    let isBusy = false;
    const proofs = proofsAt(now, { mode: "busy", isBusy: () => isBusy });
    await expect(proofs.demand(undefined, here)).resolves.toBeUndefined();
    isBusy = true;
    await refusal(proofs.demand(undefined, here));
  });
});

describe("the proxy is under load", () => {
  it("while more than half of its capacity is used", () => {
    let load = 0.5;
    const busy = createBusy({ load: () => load, clock: () => 0 });
    expect(busy.isBusy()).toBe(false);
    load = 0.51;
    expect(busy.isBusy()).toBe(true);
  });

  it("while more newcomers come in a minute than usual, and no more a minute later", () => {
    const now = { value: 600_000 };
    const busy = createBusy({ load: () => 0, clock: () => now.value, usualNewcomers: 10 });
    for (let count = 0; count < 11; count++) busy.newcomer();
    expect(busy.isBusy()).toBe(true);
    now.value += 61_000;
    expect(busy.isBusy()).toBe(true);
    now.value += 30_000;
    expect(busy.isBusy()).toBe(false);
    now.value += 600_000;
    expect(busy.isBusy()).toBe(false);
  });
});

describe("a challenge", () => {
  const secret = "secret";
  const now = Date.now() / 1000;

  it("has a signature that the library itself accepts", async () => {
    const { challenge, solution } = await solved(issueChallenge(here, secret, now, randomBytes));
    const verdict = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: secret });
    expect(verdict.verified).toBe(true);
  });

  it("is issued, and a wrong one refused, within fifty millionths of a second", () => {
    const wrong = encoded({
      challenge: issueChallenge(here, "another secret", now, randomBytes),
      solution: { counter: 1, derivedKey: "00".repeat(32) },
    });
    const quickest = (work: () => unknown) => {
      const times = Array.from({ length: 40 }, () => {
        const begun = performance.now();
        for (let count = 0; count < 50; count++) work();
        return (performance.now() - begun) / 50;
      });
      return Math.min(...times);
    };
    expect(quickest(() => issueChallenge(here, secret, now, randomBytes))).toBeLessThan(0.05);
    expect(readSolved(wrong, here, secret, now)).toBeNull();
    expect(quickest(() => readSolved(wrong, here, secret, now))).toBeLessThan(0.05);
  });

  it("is refused without an exception, whatever is sent instead", () => {
    const bad = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.base64String({ maxLength: 4000 }),
      fc.json().map((text) => Buffer.from(text).toString("base64")),
      fc.object().map((value) => encoded({ challenge: value, solution: value })),
    );
    expect(() =>
      fc.assert(fc.property(bad, (header) => readSolved(header, here, secret, now) === null)),
    ).not.toThrow();
  });
});
