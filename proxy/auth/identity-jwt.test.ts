/** Tests of identity JWTs: who is accepted as whom, and what is refused. */
import { createHmac, generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createIdentities, isPerson, type IdentityOptions } from "./identity-jwt.ts";

const secret = "owner ".repeat(6);
const start = Date.UTC(2026, 0, 1);
const rsa = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

function identitiesAt(now: { value: number }, more: Partial<IdentityOptions> = {}) {
  return createIdentities({
    secret,
    publicKey: null,
    issuer: null,
    audience: null,
    proxySecret: "p".repeat(32),
    clock: () => now.value,
    ...more,
  });
}

type Claims = { sub?: unknown; exp?: unknown; iss?: string; aud?: string | string[]; nbf?: number };
const hourLater = start / 1000 + 3600;

/** Written by hand, since a library would not sign the wrong ones. */
function signed(
  claims: Claims,
  header: object = { alg: "HS256" },
  key: string | Uint8Array = secret,
): string {
  const parts = [header, { sub: "ann@example.com", exp: hourLater, ...claims }];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

describe("an identity signed with the shared secret", () => {
  it("gives the same id each time, which does not reveal the person", async () => {
    const identities = identitiesAt({ value: start });
    const person = await identities.read(signed({}));
    expect(person).toMatch(/^person:[\w-]{43}$/);
    expect(isPerson(person ?? "")).toBe(true);
    expect(await identities.read(signed({ exp: hourLater + 60 }))).toBe(person);
    expect(await identities.read(signed({ sub: "ben@example.com" }))).not.toBe(person);
    expect(await identities.read(signed({ iss: "https://other.example" }))).not.toBe(person);
  });

  it("is another person at a proxy with another secret", async () => {
    const now = { value: start };
    const one = await identitiesAt(now).read(signed({}));
    expect(await identitiesAt(now, { proxySecret: "q".repeat(32) }).read(signed({}))).not.toBe(one);
  });

  it("ends with its time, a minute of difference between clocks allowed, also when it was read before", async () => {
    const now = { value: start };
    const identities = identitiesAt(now);
    const jwt = signed({});
    expect(await identities.read(jwt)).not.toBeNull();
    now.value = (hourLater + 55) * 1000;
    expect(await identities.read(jwt)).not.toBeNull();
    now.value = (hourLater + 61) * 1000;
    expect(await identities.read(jwt)).toBeNull();
  });

  it.each([
    ["without a subject", { sub: undefined }],
    ["with an empty subject", { sub: "" }],
    ["with a number as subject", { sub: 7 }],
    ["with a subject of 201 characters", { sub: "x".repeat(201) }],
    ["without an end", { exp: undefined }],
    ["good for two days", { exp: start / 1000 + 2 * 86_400 }],
    ["of yesterday", { exp: start / 1000 - 86_400 }],
    ["of tomorrow", { nbf: start / 1000 + 3000 }],
  ])("%s is refused", async (_, claims) => {
    expect(await identitiesAt({ value: start }).read(signed(claims))).toBeNull();
  });

  it("with a subject of 200 characters is taken", async () => {
    expect(await identitiesAt({ value: start }).read(signed({ sub: "é".repeat(200) }))).not.toBeNull();
  });

  it("must come from the issuer and be for the audience that the owner named", async () => {
    const identities = identitiesAt({ value: start }, { issuer: "shop", audience: "chat" });
    expect(await identities.read(signed({ iss: "shop", aud: ["mail", "chat"] }))).not.toBeNull();
    expect(await identities.read(signed({ iss: "shop" }))).toBeNull();
    expect(await identities.read(signed({ iss: "shop", aud: "mail" }))).toBeNull();
    expect(await identities.read(signed({ iss: "blog", aud: "chat" }))).toBeNull();
  });

  it("is refused with another key, another algorithm or none, and where no identity is set up", async () => {
    const now = { value: start };
    const identities = identitiesAt(now);
    expect(await identities.read(signed({}, { alg: "HS256" }, "x".repeat(32)))).toBeNull();
    expect(await identities.read(signed({}, { alg: "none" }))).toBeNull();
    expect(await identities.read(signed({}, { alg: "none" }).replace(/[^.]+$/, ""))).toBeNull();
    expect(await identities.read(signed({}, { alg: "HS512" }))).toBeNull();
    expect(await identities.read(signed({}, { alg: "HS256", crit: ["x"], x: 1 }))).toBeNull();
    expect(await identitiesAt(now, { secret: null }).read(signed({}))).toBeNull();
  });
});

describe("an identity signed with a private key", () => {
  const rs256 = (key = rsa.privateKey) =>
    import("node:crypto").then(({ createPrivateKey }) =>
      new SignJWT({})
        .setProtectedHeader({ alg: "RS256" })
        .setSubject("ann")
        .setExpirationTime(hourLater)
        .sign(createPrivateKey(key)),
    );

  it("is read with the public key", async () => {
    const identities = identitiesAt({ value: start }, { secret: null, publicKey: rsa.publicKey });
    expect(await identities.read(await rs256())).toMatch(/^person:/);
  });

  it("of another key is refused, and so is one where only a secret is set", async () => {
    const other = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const now = { value: start };
    const identities = identitiesAt(now, { secret: null, publicKey: rsa.publicKey });
    expect(await identities.read(await rs256(other.privateKey))).toBeNull();
    expect(await identitiesAt(now).read(await rs256())).toBeNull();
  });

  it("cannot be made from the public key, taken for a shared secret", async () => {
    const identities = identitiesAt({ value: start }, { secret: null, publicKey: rsa.publicKey });
    expect(await identities.read(signed({}, { alg: "HS256" }, rsa.publicKey))).toBeNull();
    expect(await identities.read(signed({}, { alg: "RS256" }, rsa.publicKey))).toBeNull();
  });
});

it("an identity is refused with any letter changed or cut off, and nothing throws", async () => {
  const identities = identitiesAt({ value: start });
  const jwt = signed({});
  const letters = fc.constantFrom("A", "z", ".", "é", "");
  const changed = fc
    .tuple(fc.nat(jwt.length - 2), letters)
    .map(([at, letter]) => jwt.slice(0, at) + letter + jwt.slice(at + 1))
    .filter((text) => text !== jwt);
  const garbage = fc.oneof(
    changed,
    fc.string({ unit: "binary" }),
    fc.nat(jwt.length - 1).map((at) => jwt.slice(0, at)),
  );
  await fc.assert(fc.asyncProperty(garbage, async (text) => (await identities.read(text)) === null));
  expect(await identities.read("a".repeat(1_000_000))).toBeNull();
});

it("reading an identity again verifies no signature again, and the cache is bounded", async () => {
  const identities = identitiesAt({ value: start }, { max: 100 });
  const jwt = signed({});
  await identities.read(jwt);
  const begun = performance.now();
  for (let times = 0; times < 1000; times++) await identities.read(jwt);
  const each = (performance.now() - begun) / 1000;
  const first = performance.now();
  for (let number = 0; number < 200; number++) await identities.read(signed({ sub: `${number}` }));
  expect(each * 3).toBeLessThan((performance.now() - first) / 200);
});
