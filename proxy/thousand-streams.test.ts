/** Test of a thousand answers at once: none lost, none mixed up, and constant memory. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { afterEach, expect, it } from "vitest";
import { startInstance } from "./testing/instance.ts";
import { pacedAnswer, startPacedUpstream } from "./testing/paced-upstream.ts";

/** `STREAM_SECONDS=60` is the full run; a part of it is enough to see a leak or a mix-up on every landing. */
const seconds = Number(process.env["STREAM_SECONDS"] ?? 12);
const streams = 1000;
const everyMs = 500;
const words = Math.max(4, Math.round((seconds * 1000) / everyMs));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** Bytes of memory a process holds, as the kernel counts them. */
function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
}

/** Asks over a connection of its own and resolves with the answer's text; rejects when it was cut. */
function ask(url: string, prompt: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = request(
      `${url}/v1/agents/default/conversations`,
      { method: "POST", agent, headers: { "content-type": "application/json" } },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => void (text += piece));
        response.on("error", reject);
        response.on("end", () => {
          if (!/\nevent: done\n/.test(text))
            return reject(new Error(`${prompt} ended with: ${text.slice(-300)}`));
          const pieces = text.matchAll(/event: delta\ndata: \{"text":"([^"]*)"\}/g);
          resolve(Array.from(pieces, ([, piece]) => piece).join(""));
        });
      },
    );
    sending.on("error", reject);
    sending.end(JSON.stringify({ prompt, turn: randomUUID() }));
  });
}

// What a process holds is read from Linux's /proc.
it.runIf(process.platform === "linux")(
  `${streams} answers are written at once for ${seconds} seconds`,
  async () => {
    const upstream = await startPacedUpstream({ words, everyMs, together: streams });
    undo.push(() => upstream.close());
    const instance = await startInstance({
      CUSTOMGPT_API_KEY: "1|a-key-that-only-this-upstream-sees",
      CUSTOMGPT_PROJECT_ID: "7",
      CUSTOMGPT_BASE_URL: upstream.base,
      VISITOR_LIMIT: "none",
      ADDRESS_LIMIT: "none",
      NEW_VISITOR_LIMIT: "none",
      REQUEST_LIMIT: "none",
      UPSTREAM_CALLS_PER_MINUTE: "none",
      ADDRESS_STREAMS: "2000",
      TOTAL_STREAMS: "2000",
      UPSTREAM_CONCURRENCY: "2000",
      // A busy machine takes its time to open a thousand connections; none of them is given up for that.
      UPSTREAM_CONNECT_SECONDS: "60",
      UPSTREAM_FIRST_BYTE_SECONDS: "120",
      UPSTREAM_IDLE_SECONDS: "120",
      LOG_LEVEL: "warn",
    });
    undo.push(() => instance.end("SIGKILL"));
    const agent = new Agent({ maxSockets: Infinity });
    undo.push(() => agent.destroy());
    const prompts = Array.from({ length: streams }, (_, index) => `visitor-${index}`);
    const answers = prompts.map((prompt) => ask(instance.url, prompt, agent));
    const untilAllAreOpen = async () => {
      await expect.poll(() => upstream.maxOpen(), { timeout: 60_000, interval: 50 }).toBe(streams);
    };
    const allAreOpen = untilAllAreOpen();
    // An answer that is lost before says why.
    await Promise.race([allAreOpen, ...answers]);
    await allAreOpen;
    const early = memoryOf(instance.pid);
    const results = await Promise.allSettled(answers);
    const late = memoryOf(instance.pid);
    const wrong = results.filter(
      (result, index) =>
        result.status === "rejected" || result.value !== pacedAnswer(prompts[index] ?? "", words),
    );
    expect(wrong.slice(0, 3), instance.output().slice(-2000)).toEqual([]);
    expect(upstream.sent.size).toBe(streams);
    expect([...upstream.sent.values()].every((times) => times === 1)).toBe(true);
    // The answers themselves are kept for a while; what else grows with time would show here.
    const megabytes = (late - early) / 1024 / 1024;
    console.log(
      `${streams} streams: ${(early / 1048576).toFixed(0)} MB at the start, ${megabytes.toFixed(0)} MB more at the end`,
    );
    expect(megabytes).toBeLessThan(60);
  },
  (seconds + 90) * 1000,
);
