/** Tests of the proxy as a program, built and run as an owner runs it. */
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedAgent } from "./standin/testing/seed-pages.ts";
import { startStandin, type RunningStandin } from "./servers/standin/start-standin.ts";
import { createExchange } from "./testing/exchange.ts";
import { buildProgram, said, type Program, type Running } from "./testing/program.ts";
import { eventsOf } from "./testing/read-events.ts";

let built: Program;
let service: RunningStandin;
let account: Record<string, string>;
beforeAll(async () => {
  built = await buildProgram("proxy/main.ts");
  service = await startStandin(0);
  account = {
    CUSTOMGPT_API_KEY: service.key,
    CUSTOMGPT_PROJECT_ID: String(service.standin.seed(seedAgent)),
    CUSTOMGPT_BASE_URL: service.base.href,
  };
}, 60_000);
afterAll(async () => {
  built.remove();
  await service.close();
});

const run = (environment: Record<string, string>) => built.run({ ...account, ...environment });

async function urlOf(program: Running): Promise<string> {
  await said(program, /PROXY_SECRET/);
  return said(program, /ready at (http:\S+)/);
}

describe("the program", () => {
  it("starts, answers, and ends politely with 0", async () => {
    const program = run({});
    const proxy = createExchange(await urlOf(program));
    const names: string[] = [];
    for await (const { event } of eventsOf(await proxy.start("What is the stand-in?"))) {
      names.push(event);
      if (names.length === 3) program.process.kill("SIGTERM");
    }
    expect(names.at(-1)).toBe("done");
    expect(await program.ended).toBe(0);
    expect(program.out()).toMatch(/^Agent \d+ of CustomGPT\.ai is answering/m);
  }, 20_000);

  it("that has a key but no agent lists the account's agents, and says how to choose one", async () => {
    const { CUSTOMGPT_PROJECT_ID: project = "", ...rest } = account;
    const program = built.run(rest);
    expect(await program.ended).toBe(1);
    expect(program.out()).toMatch(/^CUSTOMGPT_PROJECT_ID is not set but CUSTOMGPT_API_KEY is/);
    expect(program.out()).toMatch(
      new RegExp(`\\n  ${project}  .+ \\(ready\\)\\nSet CUSTOMGPT_PROJECT_ID .*customgpt-widget setup`),
    );
    const wrong = built.run({ ...rest, CUSTOMGPT_API_KEY: "1|wrong" });
    expect(await wrong.ended).toBe(1);
    expect(wrong.out()).toMatch(/does not accept the key\. Copy it whole/);
  }, 20_000);

  it("says which commands there are when it is given another", async () => {
    const program = built.run({}, [], ["stat"]);
    expect(await program.ended).toBe(2);
    expect(program.out()).toMatch(/^There is no command "stat"\.\n\nUsage: customgpt-widget/);
    expect(await built.run({}, [], ["--help"]).ended).toBe(0);
  });

  it("does not start without a key, takes no port, and says which two settings to set", async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const taken = listener.address();
    const port = typeof taken === "object" && taken !== null ? String(taken.port) : "";
    const program = built.run({ ALLOWED_ORIGINS: "https://www.example.com", PORT: port });
    expect(await program.ended).toBe(1);
    listener.close();
    expect(program.out()).toMatch(
      /^CUSTOMGPT_API_KEY is not set; .+\nCUSTOMGPT_PROJECT_ID is not set; .+\nTo try the chat without an account, use `npm start`.+\n$/,
    );
  });

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

  it("checks a set-up instead with --check, and starts nothing", async () => {
    const good = built.run(account, [], ["--check", "--json"]);
    expect(await good.ended).toBe(0);
    expect(good.out()).toMatch(/"about":\s*"agent"/);
    expect(good.out()).not.toContain("ready at");
    const bad = built.run({ PORT: "many" }, [], ["--check"]);
    expect(await bad.ended).toBe(1);
    expect(bad.out()).toMatch(/PORT is "many"/);
  });
});
