/** Set-up as an owner runs it: the built program in a real terminal and in a pipe, against the stand-in. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mergeEnvFile, readEnvFile } from "../env-file/env-file.ts";
import { startScriptedService, type ScriptedService } from "../account/testing/scripted-service.ts";
import { startStandin, type RunningStandin } from "../servers/standin/start-standin.ts";
import { controlC, enter, openPseudoTerminal, type PseudoTerminal } from "./testing/pseudo-terminal.ts";

const program = resolve("dist/proxy/server.js");
if (!existsSync(program)) throw new Error("There is no dist/proxy; `npm run build` makes it.");

let folder: string;
let site: ScriptedService;
let standin: RunningStandin;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "set-up "));
  site = await startScriptedService((asked) =>
    asked === "GET /sitemap.xml"
      ? {
          body: `<urlset><url><loc>${site.base.origin}/bread</loc></url></urlset>`,
          headers: { "content-type": "application/xml" },
        }
      : asked === "GET /bread"
        ? {
            body: "<title>Bread</title><main><h1>Bread</h1><p>We bake rye bread every morning.</p></main>",
            headers: { "content-type": "text/html" },
          }
        : { status: 404, body: "" },
  );
  standin = await startStandin(0, { firstMs: 0, everyMs: 0 });
});
afterEach(async () => {
  await Promise.all([standin.close(), site.close()]);
  rmSync(folder, { recursive: true });
});

const written = () => readEnvFile(readFileSync(join(folder, ".env"), "utf8")).values;
const service = () => ({ CUSTOMGPT_BASE_URL: standin.base.href });

function inTerminal(words: readonly string[] = []): PseudoTerminal {
  return openPseudoTerminal([process.execPath, program, "setup", ...words], folder, service());
}

/** Runs it without a terminal. */
async function inPipe(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, "setup", ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...service(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (bytes: Buffer) => void (out += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => void (err += bytes.toString()));
  const [code]: unknown[] = await once(child, "close");
  return { code, out, err };
}

describe("in a terminal", () => {
  it("an owner goes from a key to an answer, and the proxy starts with what was written", async () => {
    const terminal = inTerminal();
    await terminal.until(/Sign up at/);
    await terminal.until(/Key of CustomGPT\.ai/);
    terminal.type(`${standin.key}${enter}`);
    await terminal.until(/The key is accepted/);
    await terminal.until(/Address of your site/);
    terminal.type(`${site.base.origin}${enter}`);
    await terminal.until(/The sitemap is \S+sitemap\.xml/);
    await terminal.until(/0 of 50 agents/);
    await terminal.until(/Name of the agent/);
    terminal.type(`Bakery${enter}`);
    await terminal.until(/The agent can answer; it has read 1 pages/);
    await terminal.until(/Sites for the chat/);
    terminal.type(`https://www.example.com/shop${enter}`);
    await terminal.until(/Most questions a month/);
    terminal.type(`many${enter}`);
    await terminal.until(/it takes /);
    terminal.type(`${"\u007f".repeat(4)}500${enter}`);
    await terminal.until(/Where browsers will reach/);
    terminal.type(enter);
    await terminal.until(/Paste this tag.*widget\.js" async><\/script>/s);
    await terminal.until(/Ask the agent one question/);
    terminal.type("y");
    await terminal.until(/Your question/);
    terminal.type(`What do you bake?${enter}`);
    await terminal.until(/rye bread every morning/);
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).not.toContain(standin.key.slice(2));
    expect(written()).toMatchObject({
      CUSTOMGPT_API_KEY: standin.key,
      CUSTOMGPT_PROJECT_ID: "1243",
      CUSTOMGPT_BASE_URL: standin.base.href,
      ALLOWED_ORIGINS: "https://www.example.com",
      MONTH_BUDGET: "500",
    });
    expect(written()["PROXY_SECRET"]).toMatch(/^[\w-]{43}$/);

    const proxy = openPseudoTerminal([process.execPath, program, "start"], folder, { PORT: "0" });
    await proxy.until(/Agent 1243 of CustomGPT\.ai is answering/);
    proxy.type(controlC);
    await proxy.until(/Stopping/);
    await proxy.ended;
  });

  it("an agent is chosen among the account's, or found among many by its name", async () => {
    for (let count = 1; count <= 12; count++)
      standin.standin.seed({ name: `Shop ${count}`, pages: [{ url: null, html: "<p>Words</p>" }] });
    const terminal = inTerminal(["--yes"]);
    await terminal.until(/Key of CustomGPT\.ai/);
    terminal.type(`${standin.key}${enter}`);
    await terminal.until(/Which agent answers/);
    terminal.type("Shop 7");
    await terminal.until(/● Shop 7/);
    terminal.type(enter);
    await terminal.until(/Agent 1249, "Shop 7", is set in/);
    expect(await terminal.ended).toBe(0);
    expect(written()["CUSTOMGPT_PROJECT_ID"]).toBe("1249");
  });

  it("a wrong key is said to be wrong, and asked for again", async () => {
    const terminal = inTerminal();
    await terminal.until(/Key of CustomGPT\.ai/);
    terminal.type(`1|wrong${enter}`);
    await terminal.until(/does not accept the key/);
    await terminal.until(/Key of CustomGPT\.ai/);
    terminal.type(controlC);
    await terminal.until(/Stopped\. Run set-up again/);
    expect(await terminal.ended).toBe(130);
    expect(existsSync(join(folder, ".env"))).toBe(false);
  });

  it("is taken up again after Ctrl-C while the agent reads its pages, and makes no second agent", async () => {
    const slow = site;
    site = await startScriptedService((asked) =>
      asked === "GET /sitemap.xml"
        ? {
            body: `<urlset><url><loc>${site.base.origin}/never</loc></url></urlset>`,
            headers: { "content-type": "application/xml" },
          }
        : asked === "GET /never"
          ? null
          : { status: 404, body: "" },
    );
    await slow.close();
    const words = ["--create-from", site.base.origin, "--name", "Slow"];
    const first = inTerminal(words);
    await first.until(/Key of CustomGPT\.ai/);
    first.type(`${standin.key}${enter}`);
    await first.until(/reads the pages/);
    first.type(controlC);
    await first.until(/Stopped\./);
    expect(await first.ended).toBe(130);
    expect(written()).toMatchObject({ CUSTOMGPT_PROJECT_ID: "1243", CUSTOMGPT_API_KEY: standin.key });

    const second = inTerminal(words);
    await second.until(/Agent 1243, "Slow", was made from this sitemap\. Use it/);
    second.type(enter);
    await second.until(/reads the pages/);
    second.type(controlC);
    expect(await second.ended).toBe(130);
    expect(standin.standin.seen.count("create-project")).toBe(1);
  });
});

describe("without a terminal", () => {
  it("flags are enough, and the outcome is JSON", async () => {
    writeFileSync(join(folder, "key.txt"), `${standin.key}\n`);
    const words = [
      "--key-file",
      "key.txt",
      "--create-from",
      site.base.origin,
      "--site",
      "https://a.example",
      "--json",
    ];
    const { code, out } = await inPipe([...words, "--address", "https://chat.example.com"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      agent: { project: 1243, name: "127.0.0.1", isReady: true },
      tag: '<script src="https://chat.example.com/widget.js" async></script>',
      unchanged: [],
    });
    expect(written()["CUSTOMGPT_API_KEY"]).toBeUndefined();
    expect(written()["CUSTOMGPT_API_KEY_FILE"]).toBe(join(folder, "key.txt"));
  });

  it("a key that was typed gives way to a file with another one", async () => {
    const project = standin.standin.seed({ name: "One", pages: [{ url: null, html: "<p>Words</p>" }] });
    writeFileSync(
      join(folder, ".env"),
      mergeEnvFile("", { CUSTOMGPT_API_KEY: "1|an-older-key", CUSTOMGPT_PROJECT_ID: "5" }).text,
    );
    writeFileSync(join(folder, "key.txt"), standin.key);
    const { code } = await inPipe(["--key-file", "key.txt", "--agent", String(project)]);
    expect(code).toBe(0);
    expect(written()).toMatchObject({
      CUSTOMGPT_API_KEY_FILE: join(folder, "key.txt"),
      CUSTOMGPT_PROJECT_ID: "1243",
    });
    expect(written()).not.toHaveProperty("CUSTOMGPT_API_KEY");
  });

  it("what is missing is said with the flag that gives it", async () => {
    expect(await inPipe([])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--key-file PATH.*no terminal/),
    });
    standin.standin.seed({ name: "One", pages: [] });
    const { code, out, err } = await inPipe([], { CUSTOMGPT_API_KEY: standin.key });
    expect(code).toBe(2);
    expect(out).toContain("1243  One (still reading its pages)");
    expect(err).toMatch(/--agent ID, or --create-from URL/);
  });

  it("what the owner wrote into .env stays, and is said to hold", async () => {
    writeFileSync(join(folder, ".env"), "MONTH_BUDGET=7\n# mine\n");
    const project = standin.standin.seed({ name: "One", pages: [{ url: null, html: "<p>Words</p>" }] });
    const { code, out } = await inPipe(["--agent", String(project), "--budget", "9"], {
      CUSTOMGPT_API_KEY: standin.key,
    });
    expect(code).toBe(0);
    expect(out).toContain("MONTH_BUDGET is set otherwise by you already");
    expect(readFileSync(join(folder, ".env"), "utf8")).toMatch(/^MONTH_BUDGET=7\n# mine\n/);
    expect(written()["MONTH_BUDGET"]).toBe("7");
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ["a wrong key", [], { CUSTOMGPT_API_KEY: "1|wrong" }, /does not accept the key\.\nCopy it whole/],
    ["a key that is none", [], { CUSTOMGPT_API_KEY: "a b" }, /no key of CustomGPT\.ai\.\nCopy it whole/],
    ["a key file that is not there", ["--key-file", "nowhere"], {}, /cannot be read; give another path/],
    ["an agent that is not there", ["--agent", "5"], {}, /no agent 5\.\nMake one with --create-from/],
    [
      "a site without pages",
      ["--create-from", "http://127.0.0.1:9"],
      {},
      /could not read the sitemap.*\nLook whether/,
    ],
    [
      "no service",
      [],
      { CUSTOMGPT_BASE_URL: "http://127.0.0.1:9/v1" },
      /cannot be reached at http:\/\/127\.0\.0\.1:9/,
    ],
    ["an origin that is none", ["--agent", "1243", "--site", "x y"], {}, /ALLOWED_ORIGINS: That .*it takes/],
    ["a flag that is none", ["--agnet", "5"], {}, /--agnet/],
    ["two ways at once", ["--agent", "5", "--create-from", "x"], {}, /cannot both be given/],
  ])("ends in a sentence that says what to do: %s", async (name, words, environment, sentence) => {
    if (name === "an origin that is none")
      standin.standin.seed({ name: "One", pages: [{ url: null, html: "<p>Words</p>" }] });
    const { code, err } = await inPipe(words, { CUSTOMGPT_API_KEY: standin.key, ...environment });
    expect([1, 2]).toContain(code);
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\bat .*:\d+:\d+|undefined|Error:/);
  });

  it("a .env that cannot be written ends in a sentence, and nothing is half written", async () => {
    const project = standin.standin.seed({ name: "One", pages: [{ url: null, html: "<p>Words</p>" }] });
    const { code, err } = await inPipe(["--agent", String(project)], {
      CUSTOMGPT_API_KEY: standin.key,
      ENV_FILE: join(folder, "no", "such", ".env"),
    });
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/ENV_FILE/) });
  });
});
