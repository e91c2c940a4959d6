import { expect, it } from "vitest";
import { fingerprintOf } from "./identity-fingerprint.ts";

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const identity = (claims: object, signature = "s") =>
  `${encoded({ alg: "HS256" })}.${encoded(claims)}.${signature}`;

it("is the same for a person on every page, and different for two persons", () => {
  const ann = fingerprintOf(identity({ iss: "shop", sub: "ann", exp: 1 }));
  expect(fingerprintOf(identity({ exp: 2, sub: "ann", iss: "shop" }, "other"))).toBe(ann);
  const persons = [
    { sub: "userAa" },
    { sub: "userBB" },
    { sub: "ann" },
    { iss: "shop", sub: "bob" },
    { iss: "club", sub: "ann" },
    { iss: "a b", sub: "c" },
    { iss: "a", sub: "b c" },
    { sub: "Zoë" },
    { sub: "Zoé" },
  ];
  expect(new Set([ann, ...persons.map((claims) => fingerprintOf(identity(claims)))]).size).toBe(
    persons.length + 1,
  );
});

it("differs between no identity, any person, and an invalid token", () => {
  expect([fingerprintOf(null), fingerprintOf("")]).toEqual(["", ""]);
  for (const broken of ["x", "a.b.c", "a.e30"]) expect(fingerprintOf(broken)).not.toBe("");
  expect(fingerprintOf("a.b.c")).not.toBe(fingerprintOf("a.b.d"));
});
