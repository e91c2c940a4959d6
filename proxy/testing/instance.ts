/** Built proxy in its own process, which a test can stop or kill. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

export type Instance = {
  url: string;
  pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Resolves with its exit code, null when the signal killed it. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
};

const program = "dist/proxy/server.js";

/** Starts it on a free port. Rejects with its output when it does not start. */
export async function startInstance(env: Readonly<Record<string, string>>): Promise<Instance> {
  if (!existsSync(program)) throw new Error(`There is no ${program}; \`npm run build\` makes it.`);
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env["PATH"] ?? "", ENV_FILE: "none", HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let printed = "";
  const note = (bytes: Buffer) => void (printed += bytes.toString());
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  for (let tries = 0; tries < 400; tries++) {
    const url = /The proxy is ready at (\S+)/.exec(printed)?.[1];
    if (url !== undefined && child.pid !== undefined) {
      return {
        url,
        pid: child.pid,
        output: () => printed,
        async end(signal) {
          if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
          child.kill(signal);
          await exited;
          return child.exitCode;
        },
      };
    }
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill("SIGKILL");
  throw new Error(`The proxy did not start. It said:\n${printed}`);
}
