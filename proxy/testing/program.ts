/** Server program for tests: built into its own folder and run as an owner runs it. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

export type Running = {
  process: ChildProcessWithoutNullStreams;
  /** All it has written so far, to both outputs. */
  out: () => string;
  /** Its exit code. */
  ended: Promise<number | null>;
};

export type Program = {
  /** Runs it with an environment of only PATH and `environment`. `forNode` are arguments before the program's file. */
  run(environment: Record<string, string>, forNode?: readonly string[], words?: readonly string[]): Running;
  remove(): void;
};

export async function buildProgram(entry: string): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "proxy-program-"));
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: join(folder, "proxy"),
      target: "node20",
      rolldownOptions: { output: { format: "es", entryFileNames: "server.mjs" } },
    },
  });
  return {
    run(environment, forNode = [], words = []) {
      const program = spawn(process.execPath, [...forNode, join(folder, "proxy/server.mjs"), ...words], {
        env: { PATH: process.env["PATH"] ?? "", ENV_FILE: "none", PORT: "0", ...environment },
      });
      let out = "";
      for (const stream of [program.stdout, program.stderr])
        stream.on("data", (bytes) => (out += String(bytes)));
      const ended = new Promise<number | null>((resolve) => program.on("close", resolve));
      return { process: program, out: () => out, ended };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The pattern's first group in the output, as soon as it appears. */
export async function said({ out }: Running, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const found = pattern.exec(out());
    if (found) return found[1] ?? found[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`It never said ${pattern.source}: ${out()}`);
}
