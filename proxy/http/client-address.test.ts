/** Tests of the address that a request counts against, with all kinds of headers. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

const peer = "203.0.113.9";

describe("without a proxy in front", () => {
  it("the client's headers are ignored", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (claim) => {
        expect(clientAddress(peer, claim, 0)).toBe(peer);
      }),
    );
  });

  it.each([
    ["1.2.3.4", "1.2.3.4"],
    ["1.2.3.4:5678", "1.2.3.4"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["::FFFF:0102:0304", "1.2.3.4"],
    ["[::ffff:1.2.3.4]:443", "1.2.3.4"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["[2001:db8:1:2::7]:8080", "2001:db8:1:2::/64"],
    ['"[2001:db8:1:2::7]"', "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
  ])("%s counts as %s", (written, bucket) => {
    expect(clientAddress(written, null, 0)).toBe(bucket);
  });

  it.each([
    "",
    "unknown",
    "_hidden",
    "1.2.3",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.4.5",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "12345::",
    "g::",
    ":::",
    "1.2.3.4::",
    "/run/socket",
    `${"0".repeat(100_000)}::1`,
  ])("%s is no address", (written) => {
    expect(clientAddress(written.slice(0, 100_000), null, 0)).toBeNull();
  });

  it("a thousand addresses of one /64 are one", () => {
    const buckets = Array.from({ length: 1000 }, (_, n) =>
      clientAddress(`2001:db8:1:2:${n.toString(16)}::${(n * 7).toString(16)}`, null, 0),
    );
    expect(new Set(buckets)).toEqual(new Set(["2001:db8:1:2::/64"]));
  });
});

describe("behind proxies of the owner's", () => {
  it("the n-th address from the right counts", () => {
    const chain = "6.6.6.6, 198.51.100.1, 198.51.100.2,198.51.100.3";
    expect(clientAddress(peer, chain, 1)).toBe("198.51.100.3");
    expect(clientAddress(peer, chain, 2)).toBe("198.51.100.2");
    expect(clientAddress(peer, chain, 3)).toBe("198.51.100.1");
  });

  it("addresses to the left of it, which a client may have made up, are ignored", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (claims) => {
        expect(clientAddress(peer, [...claims, "198.51.100.3"].join(", "), 1)).toBe("198.51.100.3");
      }),
    );
  });

  it("the peer counts when the chain is shorter than said, or holds no address there", () => {
    expect(clientAddress(peer, "198.51.100.3", 2)).toBe(peer);
    expect(clientAddress(peer, null, 1)).toBe(peer);
    expect(clientAddress(peer, "", 1)).toBe(peer);
    expect(clientAddress(peer, "198.51.100.3, unknown", 1)).toBe(peer);
    expect(clientAddress(undefined, "198.51.100.3", 1)).toBe("198.51.100.3");
    expect(clientAddress(undefined, undefined, 1)).toBeNull();
  });
});

it("never throws, and returns nothing but addresses", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(10), (one, other, trusted) => {
      expect(clientAddress(one, other, trusted) ?? "0").toMatch(/^[\d.]+$|^[\da-f:]+::\/64$|^0$/);
    }),
  );
});
