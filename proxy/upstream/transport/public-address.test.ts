/** Addresses inside networks and clouds, in every spelling. */
import { describe, expect, it } from "vitest";
import { isPublicAddress, mayBePublicHost, publicLookup, type Resolve } from "./public-address.ts";

it.each([
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.168.1.1",
  "198.18.0.1",
  "203.0.113.5",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:8.8.8.8",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "fe80::1",
  "fe80::1%eth0",
  "fc00::1",
  "fd12:3456::1",
  "ff02::1",
  "2001:db8::1",
  "2001::1",
  "2002:7f00:1::",
  // Metadata services of clouds.
  "168.63.129.16",
  "169.254.169.253",
  "169.254.170.2",
  "169.254.0.23",
  "169.254.42.42",
  "100.100.100.200",
  "192.0.0.192",
  "192.80.8.124",
  "161.26.0.10",
  "166.9.1.1",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
  "::ffff:168.63.129.16",
  "::ffff:a83f:8110",
  "64:ff9b::a83f:8110",
  "2002:a83f:8110::1",
  "not an address",
  "",
])("%s is not public", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each([
  "8.8.8.8",
  "1.1.1.1",
  "100.63.255.255",
  "172.32.0.1",
  "168.63.129.15",
  "168.63.129.17",
  "192.167.1.1",
  "223.255.255.1",
  "2606:4700::1111",
  "2a00:1450:4001::1",
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  "http://127.1/",
  "http://0x7f000001/",
  "http://2130706433/",
  "http://[::1]:8080/",
  "http://[::ffff:7f00:1]/",
  "http://0/",
  "http://2822734096/",
  "http://0xa83f8110/",
  "http://[fd00:ec2::254]/latest/meta-data/",
  "http://metadata.google.internal/computeMetadata/v1/",
  "http://metadata.google.internal./",
  "http://METADATA/",
  "http://instance-data/",
  "http://ip-10-0-0-1.ec2.internal/",
  "http://metadata.platformequinix.com/",
  "http://localhost/",
  "http://printer.local/",
])("%s is no public host", (address) => {
  expect(mayBePublicHost(new URL(address))).toBe(false);
});

describe("a look-up", () => {
  function resolved(addresses: { address: string; family: number }[], all: boolean) {
    const resolve: Resolve = (_, __, callback) => callback(null, addresses);
    return new Promise((done) => {
      publicLookup(resolve)("name.example", { all }, (error, found, family) =>
        done(error?.message ?? [found, family]),
      );
    });
  }
  const open = { address: "8.8.8.8", family: 4 };
  const closed = { address: "127.0.0.1", family: 4 };

  it("returns public addresses, in the requested form", async () => {
    expect(await resolved([open], true)).toEqual([[open], undefined]);
    expect(await resolved([open], false)).toEqual(["8.8.8.8", 4]);
  });

  it("refuses a name with any private address, or with none", async () => {
    expect(await resolved([closed], true)).toMatch("not on the open internet");
    expect(await resolved([open, closed], true)).toMatch("not on the open internet");
    expect(await resolved([], false)).toMatch("not on the open internet");
  });
});
