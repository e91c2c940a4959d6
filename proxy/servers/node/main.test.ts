/** The proxy as a program, built and run as an owner runs it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExchange } from "../../testing/exchange.ts";
import { buildProgram, said, type Program, type Running } from "../../testing/program.ts";
import { eventsOf } from "../../testing/read-events.ts";

let built: Program;
beforeAll(async () => {
  built = await buildProgram("proxy/servers/node/main.ts");
}, 60_000);
afterAll(() => built.remove());

const run = (environment: Record<string, string>) => built.run(environment);

async function urlOf(program: Running): Promise<string> {
  await said(program, /PROXY_SECRET/);
  return said(program, /ready at (http:\S+)/);
}

describe("the program", () => {
  it("starts without a key, answers, and ends politely with 0", async () => {
    const program = run({});
    const proxy = createExchange(await urlOf(program));
    const names: string[] = [];
    for await (const { event } of eventsOf(await proxy.start("What is the stand-in?"))) {
      names.push(event);
      if (names.length === 3) program.process.kill("SIGTERM");
    }
    expect(names.at(-1)).toBe("done");
    expect(await program.ended).toBe(0);
    expect(program.out()).toMatch(/the stand-in is answering/);
  }, 20_000);

  it("says loudly, on the screen and in the log, that a real site's visitors meet the stand-in", async () => {
    const program = run({ NODE_ENV: "production", LOG_LEVEL: "warn" });
    await urlOf(program);
    for (let tries = 0; tries < 100 && !program.out().includes('"level":40'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    program.process.kill("SIGTERM");
    await program.ended;
    expect(program.out()).toMatch(/^WARNING: NODE_ENV is production, .*made-up agent/m);
    expect(program.out()).toMatch(/^\{"level":40,.*made-up agent/m);
  }, 20_000);

  it("says that the service cannot be reached rather than that it answers", async () => {
    const program = run({
      CUSTOMGPT_API_KEY: "5|some-key",
      CUSTOMGPT_PROJECT_ID: "42",
      CUSTOMGPT_BASE_URL: "http://127.0.0.1:9/api/v1",
    });
    await urlOf(program);
    program.process.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(program.out()).toMatch(/^Agent 42 is NOT answering\. CustomGPT\.ai cannot be reached/m);
  }, 20_000);

  it("ends at once at the second signal", async () => {
    const program = run({});
    const proxy = createExchange(await urlOf(program));
    const stream = eventsOf(await proxy.start("What is the stand-in?"));
    await stream.next();
    program.process.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = performance.now();
    program.process.kill("SIGINT");
    expect(await program.ended).toBe(0);
    expect(performance.now() - second).toBeLessThan(6000);
    await stream.return(undefined).catch(() => {});
  }, 20_000);

  it("does not start with a bad value, and says which in one line", async () => {
    const program = run({ PORT: "many" });
    expect(await program.ended).toBe(1);
    expect(program.out()).toBe('PORT is "many"; it takes a whole number from 0 to 65535.\n');
  });

  it("does not start on a port that is taken, and says so in one line", async () => {
    const first = run({});
    const port = new URL(await urlOf(first)).port;
    const second = run({ PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.out()).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken[^\\n]+\\n$`));
    first.process.kill("SIGTERM");
    await first.ended;
  });
});
