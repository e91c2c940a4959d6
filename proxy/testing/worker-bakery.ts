/** Bakery's agent behind the built worker in workerd, for tests. */
import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync } from "node:zlib";
import { createBuilder } from "vite";
import { startNodeServer } from "../servers/node/http-server.ts";
import { createStandin, type Standin, type StandinOptions } from "../standin/standin.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { startWorkerd, type Workerd } from "./workerd.ts";

export const widgetCode = "console.log('the widget');\n".repeat(50);

/** Builds dist/proxy/worker.js elsewhere, with a small widget beside it; the folder is `remove`d afterwards. */
export async function buildWorker(): Promise<{ file: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "worker-"));
  mkdirSync(join(folder, "widget"));
  writeFileSync(join(folder, "widget/widget.js"), widgetCode);
  writeFileSync(join(folder, "widget/widget.js.br"), brotliCompressSync(widgetCode));
  const outDir = join(folder, "proxy");
  const builder = await createBuilder({
    configFile: "vite.config.ts",
    logLevel: "error",
    environments: { worker: { build: { outDir } } },
  });
  const { worker } = builder.environments;
  if (!worker) throw new Error("vite.config.ts has no environment called worker.");
  await builder.build(worker);
  return { file: join(outDir, "worker.js"), remove: () => rmSync(folder, { recursive: true }) };
}

export type WorkerBakery = Exchange & {
  standin: Standin;
  logged: () => string;
  /** Kills workerd and restarts it with the same storage; returns a client of it. */
  restart(): Promise<Exchange>;
  close(): Promise<void>;
};

export const workerKey = "78|the-key-that-only-the-worker-knows";

export async function openWorkerBakery(
  file: string,
  given: { settings?: Record<string, string>; pace?: NonNullable<StandinOptions["pace"]> } = {},
): Promise<WorkerBakery> {
  const standin = createStandin({
    key: workerKey,
    clock: Date.now,
    newId: randomUUID,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    mayFetch: () => false,
    fetchPage: () => Promise.reject(new Error("nothing is fetched here")),
    pace: given.pace ?? { firstMs: 0, everyMs: 0 },
  });
  const fetch = (request: Request) => standin.fetch(request);
  const service = await startNodeServer({ fetch, host: "127.0.0.1", port: 0 });
  const project = standin.seed({ name: "Bakery", settings: { chatbot_title: "The bakery" }, pages: [hours] });
  const folder = mkdtempSync(join(tmpdir(), "worker-bakery-"));
  copyFileSync(file, join(folder, "worker.js"));
  const settings = {
    CUSTOMGPT_API_KEY: workerKey,
    CUSTOMGPT_PROJECT_ID: String(project),
    CUSTOMGPT_BASE_URL: `${service.url}/api/v1`,
    ...given.settings,
  };
  let workerd: Workerd = await startWorkerd(folder, settings);
  return {
    ...createExchange(workerd.url),
    standin,
    logged: () => workerd.logged(),
    async restart() {
      await workerd.kill();
      workerd = await startWorkerd(folder, settings);
      return createExchange(workerd.url);
    },
    async close() {
      await workerd.kill();
      standin.close();
      await service.close(0);
      rmSync(folder, { recursive: true });
    },
  };
}

const hours = {
  url: "https://bakery.example/hours",
  html: `<title>Opening hours</title><main><h1>Opening hours</h1>
    <p>The café opens at seven o’clock — every day but Monday. Coffee is served until the last guest has gone.</p></main>`,
};

export const aboutOpening = "When does the café open?";
