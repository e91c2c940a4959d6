/** Tests of the hosts that images may come from without DNS. */
import { expect, it } from "vitest";
import { TransportFailure, type Transport } from "../../upstream/transport/types.ts";
import { isPublicName, publicNamesOnly } from "./images.ts";

it.each(["https://cdn.example.com/a.png", "https://cdn.example.com:443/", "https://CDN.Example.COM./"])(
  "%s may be asked",
  (address) => expect(isPublicName(new URL(address))).toBe(true),
);

it.each([
  "http://cdn.example.com/",
  "https://cdn.example.com:8443/",
  "https://localhost/",
  "https://LOCALHOST./",
  "https://a.localhost/",
  "https://printer.local/",
  "https://metadata.google.internal/",
  "https://intranet/",
  "https://router.home.arpa/",
  "https://127.0.0.1/",
  "https://8.8.8.8/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[2606:4700::1111]/",
])("%s is never asked", async (address) => {
  const asked: string[] = [];
  const transport: Transport = {
    send(request) {
      asked.push(request.url.href);
      return Promise.reject(new TransportFailure("broken", "nobody there"));
    },
    close: () => Promise.resolve(),
  };
  const timeouts = { connectMs: 1, firstByteMs: 1, idleMs: 1, totalMs: 1 };
  const { signal } = new AbortController();
  const url = new URL(address);
  const sending = publicNamesOnly(transport).send({ method: "GET", url, headers: {}, signal, timeouts });
  await expect(sending).rejects.toMatchObject({ message: "not a public name", isSent: false });
  expect(asked).toEqual([]);
});
