/** Tests of the account: forms that the API is known to answer in, and what an owner reads when it fails. */
import { afterEach, describe, expect, it } from "vitest";
import { startStandin } from "../servers/standin/start-standin.ts";
import { undiciTransports } from "../upstream/transport/node-transports.ts";
import { createAccount } from "./account.ts";
import { AccountProblem } from "./account-problem.ts";
import {
  scriptedKey,
  startScriptedService,
  type Scripted,
  type ScriptedService,
} from "./testing/scripted-service.ts";

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

async function service(answers: (asked: string, times: number) => Scripted): Promise<ScriptedService> {
  const started = await startScriptedService(answers);
  undo.push(() => started.close());
  return started;
}

const never = new AbortController().signal;
const project = (id: unknown, more: object = {}) => ({
  id,
  project_name: `Agent ${String(id)}`,
  is_chat_active: 1,
  ...more,
});
const page = (data: unknown[], next: string | null) => ({
  body: { data: { current_page: 1, data, next_page_url: next, per_page: "10" }, status: "success" },
});

/** The problem of a call that fails. */
async function problemOf(work: Promise<unknown>): Promise<AccountProblem> {
  const error: unknown = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (error instanceof AccountProblem) return error;
  throw new Error(`No problem of the account: ${String(error)}`);
}

describe("the list of agents", () => {
  it("has all pages, in whatever types the service writes them", async () => {
    const { account, heard } = await service((asked) =>
      asked.includes("page=1")
        ? page([project(9), project("8", { is_chat_active: null }), { nonsense: true }], "next")
        : page([project("7.0", { project_name: "  The\nshop ", is_chat_active: "true" })], null),
    );
    expect(await account.agents(never)).toEqual([
      { project: 9, name: "Agent 9", sitemap: null, isReady: true },
      { project: 8, name: "Agent 8", sitemap: null, isReady: false },
      { project: 7, name: "The shop", sitemap: null, isReady: true },
    ]);
    expect(heard).toHaveLength(2);
  });

  it("ends, though the service names a next page for ever", async () => {
    const { account, heard } = await service(() => page([project(5)], "next"));
    expect(await account.agents(never)).toHaveLength(1);
    expect(heard).toHaveLength(2);
  });

  it("of a thousand agents is whole", async () => {
    const { account } = await service((asked) => {
      const at = Number(/page=(\d+)/.exec(asked)?.[1]) - 1;
      return page(
        Array.from({ length: 10 }, (_, index) => project(1000 - at * 10 - index)),
        at < 99 ? "next" : null,
      );
    });
    expect(await account.agents(never)).toHaveLength(1000);
  });
});

describe("a failure", () => {
  const envelope = (status: number, message: string) => ({
    status,
    body: { status: "error", url: "x", data: { code: status, message } },
  });

  it.each<[string, Scripted, string, RegExp]>([
    [
      "a wrong key",
      envelope(401, "API Token is either missing or invalid"),
      "key",
      /does not accept the key/,
    ],
    ["a page of a firewall", { status: 403, body: "<html><title>Blocked</title>" }, "key", /does not accept/],
    ["an unknown agent", envelope(404, "Agent with id 1 not found"), "missing", /no such agent/],
    [
      "no credits",
      envelope(429, "You have exhausted your current query credits."),
      "quota",
      /nothing left.*exhausted/,
    ],
    [
      "a sentence in a success",
      { body: { status: "error", data: { code: 401, message: "no" } } },
      "key",
      /key/,
    ],
    ["HTML in a success", { body: "<html>Sign in</html>" }, "down", /does not speak as CustomGPT.ai/],
  ])("is told in words: %s", async (_, scripted, kind, words) => {
    const { account } = await service(() => scripted);
    const problem = await problemOf(account.agents(never));
    expect(problem.kind).toBe(kind);
    expect(problem.message).toMatch(words);
    expect(problem.mend).toMatch(/^[A-Z].*\.$/);
  });

  it("that passes is waited out, as long as the service asks for", async () => {
    const { account, slept } = await service((_, times) =>
      times === 0
        ? { status: 429, body: { message: "Too Many Attempts." }, headers: { "retry-after": "7" } }
        : times === 1
          ? "cut"
          : page([project(3)], null),
    );
    expect(await account.agents(never)).toHaveLength(1);
    expect(slept).toEqual([7000, 3000]);
  });

  it("that does not pass ends after three tries, and never repeats the key", async () => {
    const { account, heard } = await service(() => envelope(500, `Trace with ${scriptedKey}`));
    const problem = await problemOf(account.agents(never));
    expect(problem).toMatchObject({ kind: "down" });
    expect(problem.message).toContain("[key]");
    expect(problem.message).not.toContain(scriptedKey.slice(3));
    expect(heard).toHaveLength(3);
  });

  it("of the network says where the service was looked for", async () => {
    const { account, base, close } = await service(() => null);
    undo.pop();
    await close();
    const nowhere = createAccount({
      base,
      key: scriptedKey,
      transport: undiciTransports({ connectMs: 500 }).transport,
      patienceMs: 500,
      clock: Date.now,
      sleep: () => Promise.resolve(),
    });
    undo.push(() => nowhere.close());
    expect(await problemOf(nowhere.agents(never))).toMatchObject({
      kind: "unreachable",
      message: `CustomGPT.ai cannot be reached at ${base.origin} (no connection).`,
    });
    void account;
  });

  it("because it was interrupted keeps the reason", async () => {
    const { account } = await service(() => null);
    const interrupted = new AbortController();
    const list = account.agents(interrupted.signal);
    interrupted.abort(new Error("Ctrl-C"));
    await expect(list).rejects.toThrow("Ctrl-C");
  });
});

describe("a new agent", () => {
  const wanted = { name: "Shop", sitemap: "https://shop.example/sitemap.xml" };

  it.each([201, 202])("is made with one request, answered with %i", async (status) => {
    const { account, heard } = await service(() => ({
      status,
      body: { data: project("1243", { project_name: "Shop", is_chat_active: null }), status: "success" },
    }));
    expect(await account.create(wanted, never)).toMatchObject({ project: 1243, isReady: false });
    expect(heard).toEqual([`POST /projects {"project_name":"Shop","sitemap_path":"${wanted.sitemap}"}`]);
  });

  it.each<[string, Scripted, string]>([
    ["the connection is cut", "cut", "unclear"],
    [
      "the answer names no agent",
      { status: 202, body: { status: "success", data: { queued: true } } },
      "unclear",
    ],
    ["the sitemap cannot be read", envelope503("Sitemap URL is empty"), "refused"],
    [
      "the plan is full",
      { status: 400, body: { data: { message: "You have reached your agent limit" } } },
      "quota",
    ],
    ["too many calls", { status: 429, body: {}, headers: { "retry-after": "2" } }, "busy"],
  ])("is asked for only once when %s", async (_, scripted, kind) => {
    const { account, heard } = await service(() => scripted);
    expect(await problemOf(account.create(wanted, never))).toMatchObject({ kind });
    expect(heard).toHaveLength(1);
  });
});

function envelope503(message: string): Scripted {
  return { status: 503, body: { status: "error", data: { code: 503, message } } };
}

it("the plan's numbers may be missing", async () => {
  const { account } = await service(() => ({
    body: { status: "success", data: { max_projects_num: "10", current_projects_num: 3, max_queries: null } },
  }));
  expect(await account.usage(never)).toEqual({
    agents: { used: 3, limit: 10 },
    queries: { used: null, limit: null },
    storage: { used: null, limit: null },
  });
});

it("progress needs no statistics", async () => {
  const { account } = await service((asked) =>
    asked.endsWith("/stats") ? { status: 404, body: {} } : { body: { data: project(4), status: "success" } },
  );
  expect(await account.progress(4, never)).toEqual({ isReady: true, found: null, read: null });
});

it("the stand-in lists, tells its plan and makes an agent in the same way", async () => {
  const site = await startScriptedService((asked) =>
    asked === "GET /sitemap.xml"
      ? {
          body: `<urlset><url><loc>${site.base.origin}/bread</loc></url></urlset>`,
          headers: { "content-type": "application/xml" },
        }
      : {
          body: "<title>Bread</title><main><p>Rye and spelt.</p></main>",
          headers: { "content-type": "text/html" },
        },
  );
  undo.push(() => site.close());
  const standin = await startStandin(0);
  undo.push(() => standin.close());
  const account = createAccount({
    base: standin.base,
    key: standin.key,
    transport: undiciTransports({ connectMs: 2000 }).transport,
    patienceMs: 5000,
    clock: Date.now,
    sleep: () => Promise.resolve(),
  });
  undo.push(() => account.close());
  expect(await account.agents(never)).toEqual([]);
  expect((await account.usage(never)).agents).toEqual({ used: 0, limit: 50 });
  const wanted = { name: "Bakery", sitemap: `${site.base.origin}/sitemap.xml` };
  const { project: made } = await account.create(wanted, never);
  await expect.poll(() => account.progress(made, never)).toEqual({ isReady: true, found: 1, read: 1 });
  expect(await account.agents(never)).toEqual([{ project: made, ...wanted, isReady: true }]);
});
