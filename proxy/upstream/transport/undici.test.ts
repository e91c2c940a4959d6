/** Transport by undici: what every transport must do, and what needs connections of its own. */
import { afterEach, describe, expect, it } from "vitest";
import { never } from "../testing/client.ts";
import { beginStream, startService } from "../testing/service.ts";
import { itIsATransport } from "../testing/transport-cases.ts";
import { timeouts } from "../testing/transport-server.ts";
import { createUndiciTransport } from "./undici.ts";

itIsATransport(() => createUndiciTransport({ connectMs: timeouts.connectMs }));

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

describe("the phase before the request is sent", () => {
  it("has a limit of its own", async () => {
    // A look-up that never answers is part of connecting.
    const transport = createUndiciTransport({ connectMs: 200, lookup: () => undefined });
    endings.push(() => transport.close());
    const url = new URL("http://never-resolved.example/");
    const sending = transport.send({ method: "GET", url, headers: {}, signal: never, timeouts });
    await expect(sending).rejects.toMatchObject({ kind: "timeout", isSent: false });
  });

  it("rejects at once and sends nothing when aborted while connecting", async () => {
    let resolve: () => void = () => undefined;
    const service = await startService((_, response) => void response.end());
    const transport = createUndiciTransport({
      connectMs: 1000,
      lookup: (_, __, callback) => {
        resolve = () => callback(null, [{ address: "127.0.0.1", family: 4 }]);
      },
    });
    endings.push(
      () => transport.close(),
      () => service.close(),
    );
    const leaving = new AbortController();
    const url = new URL(`http://somewhere.example:${service.base.port}/`);
    const sending = transport.send({ method: "POST", url, headers: {}, signal: leaving.signal, timeouts });
    setTimeout(() => leaving.abort(new Error("stopped")), 20);
    await expect(sending).rejects.toThrow("stopped");
    resolve();
    await new Promise((done) => setTimeout(done, 100));
    expect(service.asked).toEqual([]);
  });
});

describe("a reader that stops reading a body", () => {
  async function serve(lingerMs: number, play: Parameters<typeof startService>[0]) {
    const ports = new Set<number | undefined>();
    const service = await startService((request, response) => {
      ports.add(response.socket?.remotePort);
      return play(request, response);
    });
    const transport = createUndiciTransport({ connectMs: timeouts.connectMs, lingerMs });
    endings.push(
      () => transport.close(),
      () => service.close(),
    );
    return {
      service,
      ports,
      leaveEarly: async () => {
        const call = { method: "GET", url: service.base, headers: {}, signal: never, timeouts } as const;
        for await (const bytes of (await transport.send(call)).body) if (bytes.length > 0) break;
      },
    };
  }

  it("leaves the connection to the next call when the body ends by itself", async () => {
    const ended: unknown[] = [];
    const { ports, leaveEarly } = await serve(60_000, (_, response) => {
      beginStream(response);
      response.write("all that matters");
      setTimeout(() => response.end("and the end", () => ended.push(1)), 50);
    });
    for (const count of [1, 2, 3]) {
      await leaveEarly();
      await expect.poll(() => ended).toHaveLength(count);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(ports.size).toBe(1);
  });

  it.each([
    ["goes on for too long", 50, 0],
    ["is too much", 60_000, 1_000_000],
  ])("ends the connection when what is left %s", async (_, lingerMs, left) => {
    const { service, leaveEarly } = await serve(lingerMs, (_, response) => {
      beginStream(response);
      response.write("all that matters");
      setTimeout(() => response.write("x".repeat(left)), 50);
    });
    await leaveEarly();
    expect(await service.asked[0]?.left).toBe(true);
  });
});

it("returns the first value of a repeated header", async () => {
  const service = await startService((_, response) => {
    response.writeHead(200, { "set-cookie": ["a=1", "b=2"] });
    response.end();
  });
  const transport = createUndiciTransport({ connectMs: timeouts.connectMs });
  endings.push(
    () => transport.close(),
    () => service.close(),
  );
  const url = service.base;
  const response = await transport.send({ method: "GET", url, headers: {}, signal: never, timeouts });
  expect(response.header("set-cookie")).toBe("a=1");
});
