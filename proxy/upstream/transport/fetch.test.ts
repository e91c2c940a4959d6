/** Transport by `fetch`, here Node's: what every transport must do, and what is compressed unasked. */
import { gzipSync, deflateSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { decodedBody } from "./content-encoding.ts";
import { createFetchTransport } from "./fetch.ts";
import { never } from "../testing/client.ts";
import { type Play, startService } from "../testing/service.ts";
import { itIsATransport } from "../testing/transport-cases.ts";
import { shortTimeouts, timeouts } from "../testing/transport-server.ts";
import type { Transport } from "./types.ts";

function create(decodes: readonly string[], fetching: typeof fetch = fetch): Transport {
  return createFetchTransport({
    fetch: fetching,
    schedule(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    decodes: new Set(decodes),
  });
}

itIsATransport(() => create(["gzip", "br", "deflate"]));

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function textFrom(transport: Transport, play: Play): Promise<string> {
  const service = await startService(play);
  endings.push(() => service.close());
  const url = service.base;
  const response = await transport.send({ method: "GET", url, headers: {}, signal: never, timeouts });
  let text = "";
  for await (const bytes of decodedBody(response)) text += new TextDecoder().decode(bytes);
  return text;
}

describe("a body that was compressed unasked", () => {
  it("is not decoded a second time after the runtime did", async () => {
    const text = await textFrom(create(["gzip"]), (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync("hello"));
    });
    expect(text).toBe("hello");
  });

  it("is returned encoded, with its encoding, where the runtime does not decode it", async () => {
    const alone: typeof fetch = () =>
      Promise.resolve(
        new Response(new Uint8Array(deflateSync("hello")), { headers: { "content-encoding": "deflate" } }),
      );
    expect(await textFrom(create(["gzip", "br"], alone), () => {})).toBe("hello");
  });
});

it("a fetch that never resolves and ignores its signal still times out", async () => {
  const deaf = create([], () => new Promise<Response>(() => {}));
  const url = new URL("http://127.0.0.1:9/");
  const sending = deaf.send({ method: "GET", url, headers: {}, signal: never, timeouts: shortTimeouts });
  await expect(sending).rejects.toMatchObject({ kind: "timeout", isSent: true });
});
