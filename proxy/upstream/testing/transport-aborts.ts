/** Tests of how every transport ends a connection that its caller leaves. */
import { expect, it } from "vitest";
import { beginStream } from "./service.ts";
import { textOf, type TransportServer } from "./transport-server.ts";

/** Adds the tests. */
export function itEndsConnections({ serve }: TransportServer): void {
  it("before the headers ends the connection and rejects with the leaver's reason", async () => {
    const { send, service } = await serve(() => undefined);
    const leaving = new AbortController();
    const sending = send({ method: "POST", body: "{}", signal: leaving.signal });
    while (service.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort(new Error("stopped"));
    await expect(sending).rejects.toThrow("stopped");
    expect(await service.asked[0]?.left).toBe(true);
  });

  it("in the middle of a body ends the connection, for a reader that waits and for one that does not", async () => {
    const { send, service } = await serve((_, response) => {
      beginStream(response);
      response.write("first");
    });
    const leaving = new AbortController();
    const waiting = (await send({ signal: leaving.signal })).body;
    const unread = (await send({ signal: leaving.signal })).body;
    const reading = textOf(waiting);
    setTimeout(() => leaving.abort(new Error("stopped")), 30);
    await expect(reading).rejects.toThrow("stopped");
    await expect(textOf(unread)).rejects.toThrow("stopped");
    expect(await Promise.all(service.asked.map(({ left }) => left))).toEqual([true, true]);
  });

  it("beforehand sends nothing", async () => {
    const { send, service } = await serve((_, response) => void response.end());
    await expect(send({ signal: AbortSignal.abort(new Error("stopped")) })).rejects.toThrow("stopped");
    expect(service.asked).toEqual([]);
  });

  it("the loop over a body ends the connection", async () => {
    const { send, service } = await serve((_, response) => {
      beginStream(response);
      response.write("first");
    });
    const { body } = await send();
    for await (const bytes of body) {
      expect(bytes.length).toBe(5);
      break;
    }
    expect(await service.asked[0]?.left).toBe(true);
  });

  it("a body unread ends the connection", async () => {
    const { send, service } = await serve((_, response) => beginStream(response));
    (await send()).discard();
    expect(await service.asked[0]?.left).toBe(true);
  });

  it("closing the transport ends every open answer", async () => {
    const { send, transport } = await serve((_, response) => beginStream(response));
    const { body } = await send();
    const reading = textOf(body).catch((error: unknown) => error);
    await transport.close();
    expect(await reading).toMatchObject({ kind: "broken" });
  });
}
