/** A thousand visitors at once before a real client and the stand-in, healthy and failing. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startNodeServer } from "../../servers/node/http-server.ts";
import { createStandin, type FaultName } from "../../standin/standin.ts";
import { UpstreamFailure } from "../errors.ts";
import { withResilience, type ResilientUpstream } from "./with-resilience.ts";
import { clientFor, collect } from "../testing/client.ts";
import type { Upstream } from "../types.ts";

const key = "77|the-real-key-that-no-browser-may-see";
const concurrency = 12;
const standin = createStandin({
  key,
  clock: Date.now,
  newId: randomUUID,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
  mayFetch: () => false,
  fetchPage: () => Promise.reject(new Error("nothing is fetched here")),
  pace: { firstMs: 5, everyMs: 0 },
});
const project = standin.seed({
  name: "Bakery",
  pages: [{ url: "https://bakery.example/hours", html: "<main><p>The café opens at seven.</p></main>" }],
});

let seen = { questions: 0, now: 0, maxRunning: 0 };
/** All running questions, from their arrival until their last byte was sent. */
async function counted(request: Request): Promise<Response> {
  const isQuestion = request.method === "POST" && request.url.includes("/messages");
  if (!isQuestion) return standin.fetch(request);
  seen.questions++;
  seen.maxRunning = Math.max(seen.maxRunning, ++seen.now);
  const response = await standin.fetch(request);
  const ended = new TransformStream<Uint8Array, Uint8Array>({ flush: () => void seen.now-- });
  return new Response((response.body ?? new Blob([]).stream()).pipeThrough(ended), response);
}

let service: Awaited<ReturnType<typeof startNodeServer>>;
let client: Upstream;
let resilient: ResilientUpstream;

beforeAll(async () => {
  service = await startNodeServer({ fetch: counted, host: "127.0.0.1", port: 0 });
});
beforeEach(async () => {
  await client?.close();
  standin.faults.allOff();
  seen = { questions: 0, now: 0, maxRunning: 0 };
  client = clientFor(new URL(`${service.url}/api/v1`), {
    key,
    timeouts: { connectMs: 2000, firstByteMs: 5000, idleMs: 5000, totalMs: 20_000 },
  }).upstream;
  resilient = withResilience(client, {
    concurrency,
    queueLength: 1000,
    queueMs: 30_000,
    clock: Date.now,
    schedule(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  });
});
afterAll(async () => {
  await client.close();
  standin.close();
  await service.close(0);
});

/** All ask at the same moment, in a few conversations each. */
async function crowd(visitors: number, conversations = 10): Promise<(string | UpstreamFailure)[]> {
  const signal = () => new AbortController().signal;
  const sessions = await Promise.all(
    Array.from({ length: conversations }, () => client.startConversation(project, "crowd", signal())),
  );
  return Promise.all(
    Array.from({ length: visitors }, async (_, index) => {
      const answer = collect();
      const question = {
        project,
        session: sessions[index % conversations] ?? "",
        prompt: "When do you open?",
      };
      try {
        await resilient.ask(question, answer.sink, signal());
        return answer.text();
      } catch (error) {
        if (error instanceof UpstreamFailure) return error;
        throw error;
      }
    }),
  );
}

const failures = (answers: readonly (string | UpstreamFailure)[]) =>
  answers.filter((answer) => answer instanceof UpstreamFailure);

describe("a thousand visitors at once", () => {
  it("are all answered, each question asked once, up to the maximum at a time", async () => {
    const answers = await crowd(1000);
    expect(failures(answers)).toEqual([]);
    expect(answers.every((answer) => typeof answer === "string" && answer.includes("seven"))).toBe(true);
    expect(seen.questions).toBe(1000);
    expect(seen.maxRunning).toBeLessThanOrEqual(concurrency);
    expect(seen.maxRunning).toBeGreaterThan(concurrency / 2);
    expect(resilient.state()).toEqual({ running: 0, waiting: 0, circuit: "closed" });
  }, 60_000);

  it.each<[FaultName, number]>([
    ["throttled", 2],
    ["unavailable", 3],
    ["server-error", 1],
  ])(
    "stop at %s after the running ones, and receive a wait",
    async (fault, retryAfter) => {
      standin.faults.on(fault, { call: "send" });
      const answers = await crowd(1000);
      expect(failures(answers)).toHaveLength(1000);
      expect(seen.questions).toBeLessThanOrEqual(concurrency * 2);
      expect(answers.at(-1)).toMatchObject({ code: "upstream-busy", retryAfter });
    },
    60_000,
  );

  it("are answered again by themselves once the service is back", async () => {
    standin.faults.on("server-error", { call: "send" });
    await crowd(50);
    expect(resilient.state().circuit).toBe("open");
    standin.faults.allOff();
    await sleep(1050);
    seen.questions = 0;
    expect(failures(await crowd(1))).toEqual([]);
    expect(failures(await crowd(50))).toEqual([]);
    expect(seen.questions).toBe(51);
  }, 60_000);
});
