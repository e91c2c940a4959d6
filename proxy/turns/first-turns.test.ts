/** Tests of who can join a first question with several instances, also when one of them or Redis goes away. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { turnId } from "../testing/fake-proxy.ts";
import { startCluster, type Cluster, type KillableProxy } from "../testing/instances.ts";
import { answerOf, readEvents, readRefusal, toldBy } from "../testing/read-events.ts";
import { UpstreamFailure } from "../upstream/errors.ts";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.close());

let turns = 5000;
const mine = "the-secret-of-the-asking-browser";
const nobodys = "the-guess-of-somebody-else-here";

/** A first question, sent by whoever knows this as its secret; nothing where it is empty. */
function sender() {
  const turn = turnId(++turns);
  return (by: KillableProxy, secret: string) =>
    by.call("POST", "/v1/agents/default/conversations", {
      body: { prompt: "When?", turn },
      headers: { "turn-secret": secret },
    });
}

const codeOf = async (response: Response | Promise<Response>) => (await readRefusal(await response)).code;

/** What those are told at this instance who do not know the secret. */
async function refusalsAt(by: KillableProxy, send: ReturnType<typeof sender>) {
  return [await codeOf(send(by, nobodys)), await codeOf(send(by, ""))];
}
const refused = ["not-allowed", "not-allowed"];

describe("a first question", { timeout: 20_000 }, () => {
  it("is joined through another instance by its secret only, while it is answered and after", async () => {
    const [a, b] = [await cluster.open(), await cluster.open()];
    const send = sender();
    const response = send(a, mine);
    const { sink, finish } = await a.asking(1);
    sink.delta("At ");
    const joined = send(b, mine);
    expect(await refusalsAt(b, send)).toEqual(refused);
    sink.delta("seven.");
    finish(1);
    const told = toldBy(await readEvents(await response));
    expect(toldBy(await readEvents(await joined))).toEqual(told);
    expect(await refusalsAt(b, send)).toEqual(refused);
    expect(toldBy(await readEvents(await send(b, mine)))).toEqual(told);
    expect(b.upstream.askings).toEqual([]);
  });

  it("whose instance dies is joined by its secret only at the one that takes over", async () => {
    const [a, b] = [await cluster.open(), await cluster.open()];
    const send = sender();
    const response = send(a, mine);
    (await a.asking(1)).sink.delta("At ");
    await response;
    const following = send(b, mine);
    await following;
    a.kill();
    const { sink, finish } = await b.asking(1, b.upstream.recoverings);
    sink.delta("seven.");
    finish(1);
    expect(answerOf(await readEvents(await following))).toBe("At seven.");
    const c = await cluster.open();
    for (const instance of [b, c]) {
      expect(await refusalsAt(instance, send)).toEqual(refused);
      expect(answerOf(await readEvents(await send(instance, mine)))).toBe("At seven.");
    }
  });

  it("keeps its secret when Redis comes back empty", async () => {
    const a = await cluster.open();
    const send = sender();
    const response = send(a, mine);
    const { sink, finish } = await a.asking(1);
    sink.delta("At ");
    await response;
    await cluster.server.kill();
    await cluster.server.start();
    const b = await cluster.open();
    const again = async () => (await send(b, mine)).status;
    // Until Redis has been told of it again, it would be a new question there.
    await expect.poll(() => a.redis.isHere, { timeout: 10_000 }).toBe(true);
    sink.delta("seven.");
    finish(1);
    await readEvents(await response);
    expect(await refusalsAt(b, send)).toEqual(refused);
    expect(await again()).toBe(200);
    expect(b.upstream.askings).toEqual([]);
  });

  it("that an instance of an older version started cannot be joined without a token", async () => {
    const [a, b] = [await cluster.open(), await cluster.open()];
    const send = sender();
    const response = send(a, mine);
    (await a.asking(1)).finish(1);
    await readEvents(await response);
    await a.redis.run(
      {
        name: "older version",
        text: "for _, key in ipairs(redis.call('KEYS', '*:turn:*')) do redis.call('HDEL', key, 'digest') end",
      },
      [],
      [],
    );
    expect(await refusalsAt(b, send)).toEqual(refused);
    expect(await codeOf(send(b, mine))).toBe("not-allowed");
    expect(b.upstream.askings).toEqual([]);
  });

  it("without a secret, which was not taken, is told to nobody while Redis has still to hear of its end", async () => {
    const a = await cluster.open();
    const send = sender();
    const response = send(a, "");
    const asking = await a.asking(1);
    let goOn = () => {};
    const telling = new Promise<void>((resolve) => {
      a.meanwhile.set("turn append", () => {
        resolve();
        return new Promise<void>((go) => (goOn = go));
      });
    });
    asking.fail(new UpstreamFailure("upstream-busy", "429"));
    await telling;
    expect(await refusalsAt(a, send)).toEqual(refused);
    a.meanwhile.clear();
    goOn();
    await (await response).text();
    const again = send(a, "");
    (await a.asking(2)).finish(2);
    expect((await again).status).toBe(200);
  });
});
