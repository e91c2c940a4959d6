/** Server on loopback and a transport that calls it, for the tests of transports. */
import { afterEach } from "vitest";
import type { Transport, TransportRequest } from "../transport/types.ts";
import { never } from "./client.ts";
import { type Play, startService } from "./service.ts";

/** For tests of anything but time: a busy machine stays below them. */
export const timeouts = { connectMs: 20_000, firstByteMs: 20_000, idleMs: 20_000, totalMs: 40_000 };

/** For tests of what ends after a time; the service must not answer in it. */
export const shortTimeouts = { connectMs: 300, firstByteMs: 300, idleMs: 300, totalMs: 2000 };

export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const bytes of body) text += new TextDecoder().decode(bytes);
  return text;
}

export type TransportServer = ReturnType<typeof createTransportServer>;

/** Closes what a test has opened after it. */
export function createTransportServer(create: () => Transport) {
  const endings: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0)) await end();
  });

  /** Runs this after the test. */
  const atEnd = (end: () => Promise<unknown>) => void endings.push(end);

  /** Opens a transport for one test. */
  function open(): Transport {
    const transport = create();
    atEnd(() => transport.close());
    return transport;
  }

  /** Starts a server and opens a transport for one test. */
  async function serve(play: Play) {
    const service = await startService(play);
    const transport = open();
    atEnd(() => service.close());
    const send = (more: Partial<TransportRequest> = {}) =>
      transport.send({ method: "GET", url: service.base, headers: {}, signal: never, timeouts, ...more });
    return { service, transport, send };
  }

  return { serve, open, atEnd };
}
