/** Tests of the time limits that every transport keeps. */
import { expect, it } from "vitest";
import { beginStream } from "./service.ts";
import { shortTimeouts, textOf, timeouts, type TransportServer } from "./transport-server.ts";

/** Adds the tests. */
export function itTimesOut({ serve }: TransportServer): void {
  it("the first byte", async () => {
    const { send, service } = await serve(() => undefined);
    await expect(send({ timeouts: shortTimeouts })).rejects.toMatchObject({
      name: "TransportFailure",
      kind: "timeout",
      isSent: true,
    });
    expect(service.asked).toHaveLength(1);
    expect(await service.asked[0]?.left).toBe(true);
  });

  it("silence within a body, after what arrived was read", async () => {
    const { send } = await serve((_, response) => {
      beginStream(response);
      response.write("some");
    });
    const { body } = await send({ timeouts: { ...timeouts, idleMs: 300 } });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const bytes of body) seen.push(String.fromCharCode(...bytes));
    })();
    await expect(reading).rejects.toMatchObject({ kind: "timeout" });
    expect(seen).toEqual(["some"]);
  });

  it("everything together, however lively", async () => {
    const { send, service } = await serve(async (asked, response) => {
      beginStream(response);
      const ticking = setInterval(() => response.write("."), 50);
      await asked.left;
      clearInterval(ticking);
    });
    const { body } = await send({ timeouts: { ...timeouts, totalMs: 400 } });
    await expect(textOf(body)).rejects.toMatchObject({ kind: "timeout" });
    expect(await service.asked[0]?.left).toBe(true);
  });
}
