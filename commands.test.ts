/** What somebody notices who builds the project, or works on it with `npm run dev`. */
import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeBuildError } from "./.commands/build-error.js";
import { readStartWords, type StartWords } from "./.commands/start-words.js";
import { changedSources, lookAtSources } from "./.commands/sources.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mein schönes Projekt "));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("npm run dev sees", () => {
  const at = (name: string) => join(folder, "looked-at", name);
  const look = () => lookAtSources(join(folder, "looked-at"));

  function write(name: string, text: string): void {
    mkdirSync(join(at(name), ".."), { recursive: true });
    writeFileSync(at(name), text);
  }

  it("a file that another one of the same size and time was put in place of, as git does", () => {
    write("widget/view/panel/panel.tsx", "one");
    const before = look();
    const { atime, mtime } = statSync(at("widget/view/panel/panel.tsx"));
    write("widget/view/panel/panel.tsx.new", "two");
    utimesSync(at("widget/view/panel/panel.tsx.new"), atime, mtime);
    renameSync(at("widget/view/panel/panel.tsx.new"), at("widget/view/panel/panel.tsx"));
    expect(changedSources(before, look())).toEqual(["widget/view/panel/panel.tsx"]);
  });

  it("files that are new, changed or gone, all of them by name", () => {
    write("proxy/app.ts", "one");
    write("proxy/old.ts", "one");
    const before = look();
    expect(changedSources(before, look())).toEqual([]);
    write("proxy/app.ts", "longer");
    write("demo/home/page.html", "new");
    write("vite.config.ts", "new");
    rmSync(at("proxy/old.ts"));
    expect(changedSources(before, look())).toEqual([
      "demo/home/page.html",
      "proxy/app.ts",
      "proxy/old.ts",
      "vite.config.ts",
    ]);
  });

  it("nothing in a test, of which nothing is built", () => {
    const before = look();
    for (const name of ["proxy/app.test.ts", "demo/home/page.e2e.ts", "proxy/testing/bakery.ts"])
      write(name, "one");
    expect(changedSources(before, look())).toEqual([]);
  });
});

describe("npm run dev serves", () => {
  it("files that a browser asks for again at each use, so that it shows what was just changed", async () => {
    const server = spawn(process.execPath, ["dist/demo/serve.js", "--in-the-making"], {
      env: {
        ...process.env,
        ENV_FILE: "none",
        PORT: "0",
        CUSTOMGPT_API_KEY: "",
        CUSTOMGPT_PROJECT_ID: "",
        ALLOWED_ORIGINS: "",
      },
    });
    let out = "";
    const address = await new Promise<string>((resolve) => {
      server.stdout.on("data", (bytes) => {
        out += String(bytes);
        const found = /Open (http:\S+)/.exec(out)?.[1];
        if (found) resolve(found);
      });
      server.once("exit", () => resolve(""));
    });
    const { headers } = await fetch(`${address}/widget.js`);
    server.kill("SIGKILL");
    expect(headers.get("cache-control")).toBe("no-cache");
  }, 60_000);
});

describe("npm start", () => {
  /** The server alone, which reads the same words; a port of its own where it starts. */
  const serve = (...words: string[]) =>
    spawnSync(process.execPath, ["dist/demo/serve.js", ...words], {
      encoding: "utf8",
      env: { ...process.env, ENV_FILE: "none", PORT: "0", CUSTOMGPT_API_KEY: "", CUSTOMGPT_PROJECT_ID: "" },
    });

  it("lists its words without building anything, and tells one that is misspelt", () => {
    const start = (...words: string[]) =>
      spawnSync(process.execPath, [".commands/start.js", ...words], { encoding: "utf8" });
    expect(start("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("--site <address>") });
    const wrong = start("--stie", "https://shop.test");
    expect(wrong).toMatchObject({ status: 1, stdout: "" });
    expect(wrong.stderr).toMatch(/knows no "--stie"\. Is --site meant\?.*--help/);
  });

  it("ends with one sentence where a site cannot be read", () => {
    const { status, stdout, stderr } = serve("--site", "http://127.0.0.1:1");
    expect(stdout).toBe("Reading http://127.0.0.1:1 …\n");
    expect(stderr).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:1\. Check the address .*\n$/);
    expect(status).toBe(1);
  });

  it.each<[string[], StartWords | { error: unknown }]>([
    [[], words({})],
    [["--site", "www.shop.test/a#b"], words({ site: "https://www.shop.test/a" })],
    [["--site=localhost:3000", "--pages=7"], words({ site: "http://localhost:3000/", pages: 7 })],
    [["--site", "http://10.0.0.5/wiki"], words({ site: "http://10.0.0.5/wiki" })],
    [["--in-the-making"], words({ isInTheMaking: true })],
    [
      ["https://shop.test"],
      { error: "To try the chat on that site, type: npm start -- --site https://shop.test" },
    ],
    [["--page", "3"], { error: expect.stringContaining("Is --pages meant?") }],
    [["--site"], { error: expect.stringContaining("takes the address of a site") }],
    [["--site", "ftp://shop.test"], { error: expect.stringContaining('not "ftp://shop.test"') }],
    [
      ["--site", "https://me:secret@shop.test"],
      { error: expect.stringContaining("without a name and password") },
    ],
    [["--site", "a.test", "--site", "b.test"], { error: expect.stringContaining("twice") }],
    [["--site", "a.test", "--pages", "0"], { error: expect.stringContaining("from 1 to 1000") }],
    [["--pages", "3"], { error: expect.stringContaining("name the site too") }],
    [["--help=yes"], { error: "--help takes no value." }],
  ])("understands %j", (given, read) => {
    expect(readStartWords(given)).toEqual(read);
  });

  function words({ site, ...rest }: { site?: string; pages?: number; isInTheMaking?: boolean }): StartWords {
    const usual = { pages: 100, isHelpWanted: false, isInTheMaking: false };
    return { ...usual, ...rest, site: site === undefined ? null : new URL(site) };
  }
});

describe("npm run build", () => {
  /** This project's sources, copied to a folder of that name, with the same packages. */
  function copyOfProject(name: string): string {
    const copy = join(folder, name);
    for (const part of [".commands", "widget", "proxy", "demo", "package.json", "package-lock.json"])
      cpSync(part, join(copy, part), { recursive: true });
    for (const file of ["vite.config.ts", "vitest.projects.ts", "tsconfig.json", ".npmrc"])
      cpSync(file, join(copy, file));
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"), "dir");
    return copy;
  }

  let project: string;
  // All of it works in a folder with spaces and umlauts.
  beforeAll(() => {
    project = copyOfProject("über uns");
  });

  const build = () =>
    spawnSync(process.execPath, [join(project, ".commands/build.js"), "--without-types"], {
      cwd: tmpdir(),
      encoding: "utf8",
    });

  /** Without npm on the path, the try to install is all that can happen. */
  const ensure = () =>
    spawnSync(process.execPath, [join(project, ".commands/ensure.js")], {
      encoding: "utf8",
      env: { ...process.env, PATH: "" },
    });

  it("goes before npm start and changes nothing for what is started then", async () => {
    const { NODE_ENV: _, ...env } = process.env;
    const started = spawn(process.execPath, [join(project, ".commands/start.js")], {
      env: { ...env, PORT: "0", CUSTOMGPT_API_KEY: "", CUSTOMGPT_PROJECT_ID: "", ALLOWED_ORIGINS: "" },
    });
    let out = "";
    const isSaid = new Promise<void>((resolve) => {
      const hear = (bytes: unknown) => {
        out += String(bytes);
        if (out.includes("Ctrl-C ends it.")) setTimeout(resolve, 200);
      };
      started.stdout.on("data", hear);
      started.stderr.on("data", hear);
      started.once("exit", () => resolve());
    });
    await isSaid;
    started.kill("SIGTERM");
    expect(out).toMatch(/stand-in is answering/);
    // The build tools call themselves production; a proxy on this machine is none.
    expect(out).not.toMatch(/WARNING/);
  }, 120_000);

  it("goes before npm pack, so that no package is without its code or its types", () => {
    rmSync(join(project, "dist"), { recursive: true, force: true });
    const packed = spawnSync("npm", ["pack", "--dry-run", "--json"], { cwd: project, encoding: "utf8" });
    expect(packed.status).toBe(0);
    for (const path of [
      "dist/widget/widget.js",
      "dist/module/module.js",
      "dist/module/module.d.ts",
      "dist/proxy/server.js",
    ])
      expect(packed.stdout).toContain(`"${path}"`);
    for (const file of ["widget/widget.js", "module/module.js", "proxy/server.js", "demo/serve.js"])
      expect(statSync(join(project, "dist", file)).size).toBeGreaterThan(1000);
  }, 120_000);

  it("tells a mistake in a few lines that say where", () => {
    appendFileSync(join(project, "widget/app/start-chat.lazy.tsx"), "const wrong = = 1;\n");
    const wrong = build();
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(
      /The build failed\.\n  widget\/app\/start-chat\.lazy\.tsx:\d+:15 {2}\S.*\n {6}const wrong = = 1;\n$/,
    );
    expect(wrong.stderr.split("\n").length).toBeLessThan(8);
  }, 120_000);

  it("installs nothing that npm has installed already, whoever called it", () => {
    const { status, stdout } = ensure();
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("installs what is missing, or is of another version than the lockfile says", () => {
    const lockfile = join(project, "package-lock.json");
    const locked = readFileSync(lockfile, "utf8");
    for (const changed of [
      locked.replace('"node_modules/preact": {', '"node_modules/preact-next": {'),
      locked.replace(/("node_modules\/preact": \{[^}]*"integrity": ")[^"]*/, "$1sha512-other"),
    ]) {
      expect(changed).not.toBe(locked);
      writeFileSync(lockfile, changed);
      const { status, stdout, stderr } = ensure();
      expect(stdout).toContain("npm ci");
      expect(stderr).toMatch(/Installing the packages failed/);
      expect(status).toBe(1);
    }
    writeFileSync(lockfile, locked);
  });

  it("repeats what was thrown when it is of no kind it knows", () => {
    expect(describeBuildError(new Error("The disk is full."))).toBe("  The disk is full.");
    expect(describeBuildError("odd")).toBe("  odd");
  });
});
