/** Measured programs, each in its own process on core 0, and their CPU time and memory. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { transformWithOxc } from "vite";

export type Program = {
  port: number;
  /** Seconds of processor used so far, of all threads. */
  cpu(): number;
  /** Megabytes of memory that are resident. */
  memory(): number;
  stop(): Promise<void>;
};

export const origin = "https://shop.example.com";
/** SLOW_READER_SECONDS of the measured proxy: shorter than the default, so that a run is short. */
export const slowReaderSeconds = 6;
const secret = "a secret that is only for measuring, nothing else";

const hasTaskset = spawnSync("taskset", ["--version"]).status === 0;

/** Moves this process (origin and clients) off the measured core. */
export function takeSecondCore(): void {
  if (hasTaskset) spawnSync("taskset", ["-acp", "1", String(process.pid)]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(port: number, child: ChildProcess, errors: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const heard = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (heard) return;
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`A program to be measured does not start: ${errors()}`);
}

async function start(port: number, words: string[], env: Record<string, string>): Promise<Program> {
  const [name = "", ...rest] = hasTaskset ? ["taskset", "-c", "0", ...words] : words;
  const child = spawn(name, rest, {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text) => (errors += String(text)));
  await untilListening(port, child, () => errors);
  return {
    port,
    cpu: () => cpuOf(child.pid ?? 0),
    memory: () => memoryOf(child.pid ?? 0),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      // Our proxy exits at once at the second signal.
      const late = setTimeout(() => child.kill("SIGKILL"), 1000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** A real nginx with a bare `proxy_pass`, one worker, and connections to the origin kept open. */
export async function startNginx(originPort: number): Promise<Program> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "bench-nginx-"));
  mkdirSync(join(folder, "logs"));
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/logs/error.log;
    events { worker_connections 8192; }
    http {
      access_log ${folder}/logs/access.log;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
      uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
      keepalive_requests 1000000;
      upstream origin { server 127.0.0.1:${originPort}; keepalive 1024; keepalive_requests 1000000; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_set_header Authorization "Bearer 1|key"; proxy_buffering off; proxy_read_timeout 300s;
        }
      }
    }`,
  );
  const nginx = spawnSync("nginx", ["-v"]).status === 0 ? "nginx" : "/usr/sbin/nginx";
  const program = await start(port, [nginx, "-p", folder, "-c", file], {});
  return {
    ...program,
    async stop() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Forwarder without any check, to see what Node itself costs. */
export async function startBareNode(originPort: number): Promise<Program> {
  const port = await freePort();
  const source = join(import.meta.dirname, "bare-node.ts");
  const { code } = await transformWithOxc(readFileSync(source, "utf8"), source);
  // In this folder, so that it finds its package.
  mkdirSync("dist/bench", { recursive: true });
  writeFileSync("dist/bench/bare-node.js", code);
  return start(port, [process.execPath, "dist/bench/bare-node.js"], {
    ORIGIN_PORT: String(originPort),
    PORT: String(port),
    NODE_ENV: "production",
  });
}

/** Our built proxy with every guard on and every limit so high that it admits; nodeWords are for profiling. */
export async function startOurs(originPort: number, nodeWords: string[] = []): Promise<Program> {
  const port = await freePort();
  const high = "1000000/minute";
  return start(
    port,
    [process.execPath, ...nodeWords, process.env["BENCH_SERVER"] ?? "dist/proxy/server.js"],
    {
      CUSTOMGPT_API_KEY: "1|bench-key-bench-key-bench-key-bench-key-bench",
      CUSTOMGPT_PROJECT_ID: "7",
      CUSTOMGPT_BASE_URL: `http://127.0.0.1:${originPort}/api/v1`,
      ALLOWED_ORIGINS: origin,
      PROXY_SECRET: secret,
      PORT: String(port),
      NODE_ENV: "production",
      VISITOR_LIMIT: high,
      ADDRESS_LIMIT: high,
      AGENT_LIMIT: high,
      TOTAL_LIMIT: high,
      NEW_VISITOR_LIMIT: high,
      REQUEST_LIMIT: high,
      FOLLOW_LIMIT: high,
      UPSTREAM_CALLS_PER_MINUTE: "none",
      VISITOR_STREAMS: "100000",
      ADDRESS_STREAMS: "100000",
      AGENT_STREAMS: "100000",
      TOTAL_STREAMS: "100000",
      DAY_BUDGET: "100000000",
      MONTH_BUDGET: "100000000",
      UPSTREAM_CONCURRENCY: "5000",
      UPSTREAM_QUEUE: "5000",
      TURNS_KEPT: "5000",
      SLOW_READER_SECONDS: String(slowReaderSeconds),
    },
  );
}

/** From /proc/<pid>/task/<thread>/schedstat in nanoseconds where the kernel counts them, else in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const precise = readdirSync(`/proc/${pid}/task`).reduce(
    (sum, thread) =>
      sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
    0,
  );
  if (precise > 0) return precise / 1e9;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}
