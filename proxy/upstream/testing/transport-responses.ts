/** Tests of how every transport returns a response. */
import { expect, it } from "vitest";
import { textOf, type TransportServer } from "./transport-server.ts";

/** Adds the tests. */
export function itReadsResponses({ serve }: TransportServer): void {
  it("hands over status, headers and body", async () => {
    const { send, service } = await serve((_, response) => {
      response.writeHead(201, { "X-One": "1" });
      response.end("body");
    });
    const response = await send({ method: "POST", body: "{}", headers: { "x-ours": "yes" } });
    expect([response.status, response.header("x-one")]).toEqual([201, "1"]);
    expect(response.header("x-none")).toBeUndefined();
    expect(await textOf(response.body)).toBe("body");
    expect(service.asked[0]).toMatchObject({ method: "POST", body: "{}", headers: { "x-ours": "yes" } });
  });

  it("that redirects is handed over and not followed", async () => {
    const { send, service } = await serve((_, response) => {
      response.writeHead(302, { location: "/elsewhere" });
      response.end();
    });
    expect((await send()).status).toBe(302);
    expect(service.asked).toHaveLength(1);
  });

  it("may be announced by an early hint", async () => {
    const { send } = await serve((_, response) => {
      response.writeEarlyHints({ link: "</style.css>; rel=preload" });
      response.end("late");
    });
    const response = await send();
    expect([response.status, await textOf(response.body)]).toEqual([200, "late"]);
  });

  it("is read at the reader's pace, whole", async () => {
    const piece = "x".repeat(64 * 1024);
    const { send } = await serve((_, response) => {
      for (let count = 0; count < 64; count++) response.write(piece);
      response.end();
    });
    const { body } = await send();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await textOf(body)).length).toBe(64 * piece.length);
  });
}
