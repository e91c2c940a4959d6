/** Tests of host names in headers. */
import { expect, it } from "vitest";
import { isAddress, readHost } from "./host.ts";

it.each([
  ["chat.example.com", "chat.example.com", null],
  ["Chat.Example.com:8443", "chat.example.com", "8443"],
  ["chat.example.com.", "chat.example.com", null],
  ["localhost:8787", "localhost", "8787"],
  ["my_service", "my_service", null],
  ["192.168.1.5:80", "192.168.1.5", "80"],
  ["[::1]:8787", "[::1]", "8787"],
  ["xn--mnchen-3ya.de", "xn--mnchen-3ya.de", null],
])("%j is valid", (written, name, port) => {
  expect(readHost(written)).toEqual({ name, port });
});

it.each([
  "",
  "<img src=x onerror=alert(1)>",
  "evil.test, chat.example.com",
  "user@evil.test",
  "evil.test/path",
  "evil.test#",
  "evil.test:port",
  "evil.test:99999",
  "evil..test",
  "-evil.test",
  ".evil.test",
  "evil test",
  "evil\u3002test",
  "999.1.2.3",
  "[::1",
  "[:::]",
  `${"a.".repeat(200)}test`,
  "a".repeat(64),
])("%j is invalid", (written) => {
  expect(readHost(written)).toBeNull();
});

it("an absent header is none", () => {
  expect(readHost(undefined)).toBeNull();
  expect(readHost(null)).toBeNull();
});

it("IP addresses are distinguished from names", () => {
  for (const name of ["127.0.0.1", "192.168.1.5", "[fe80::1]"]) expect(isAddress(name)).toBe(true);
  for (const name of ["localhost", "1.2.3.4.nip.io", "evil.test"]) expect(isAddress(name)).toBe(false);
});
