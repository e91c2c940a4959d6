/** Real workerd for tests: runs the built worker on a free port, with its object's storage in a folder. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { parse, safeParse, object, literal, number, string } from "valibot";

export type Workerd = {
  url: string;
  /** Output of the worker's console. */
  logged: () => string;
  /** Kills it; its memory is lost. */
  kill(): Promise<void>;
};

/**
 * Runs `worker.js` of the folder, with storage in the folder's `storage`. `settings` become text bindings. It may reach
 * this machine and the open internet. Rejects with a sentence when workerd does not run on this platform.
 */
export async function startWorkerd(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<Workerd> {
  mkdirSync(join(folder, "storage"), { recursive: true });
  writeFileSync(join(folder, "config.capnp"), configFor(settings));
  const child = spawn(workerdProgram(), ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (out += String(bytes)));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const failed = new Promise<never>((_, reject) => {
    child.once("error", () => reject(new Error("workerd cannot be started on this machine.")));
    void gone.then(() => reject(new Error(`workerd ended: ${out}`)));
  });
  failed.catch(() => {});
  const [, , , control] = child.stdio;
  if (!control || !("read" in control)) throw new Error("workerd has no control pipe.");
  const port = await Promise.race([portFrom(control), failed]);
  return {
    url: `http://127.0.0.1:${port}`,
    logged: () => out,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** The program itself, not the script in front of it, which would be ended in its place. */
function workerdProgram(): string {
  try {
    const program: unknown = createRequire(import.meta.url)("workerd");
    return parse(object({ default: string() }), program).default;
  } catch {
    throw new Error(
      `workerd is not installed for this platform (${process.platform}, ${process.arch}), so the worker cannot be tested.`,
    );
  }
}

const listening = object({ event: literal("listen"), socket: literal("http"), port: number() });

async function portFrom(control: Readable): Promise<number> {
  let said = "";
  for await (const bytes of control) {
    said += String(bytes);
    for (const line of said.split("\n").slice(0, -1)) {
      const heard = safeParse(listening, JSON.parse(line));
      if (heard.success) return heard.output.port;
    }
  }
  throw new Error("workerd never said where it listens.");
}

function configFor(settings: Readonly<Record<string, string>>): string {
  const bindings = Object.entries(settings).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)}),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "proxy", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-07-01",
      compatibilityFlags = ["nodejs_compat"],
      bindings = [
        (name = "PROXY", durableObjectNamespace = "ProxyObject"),
        ${bindings.join("\n        ")}
      ],
      durableObjectNamespaces = [
        (className = "ProxyObject", uniqueKey = "customgpt-widget-proxy", enableSql = true),
      ],
      durableObjectStorage = (localDisk = "storage"),
    )),
    (name = "storage", disk = (path = "storage", writable = true)),
    (name = "internet", network = (allow = ["public", "local"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "proxy")],
);
`;
}
