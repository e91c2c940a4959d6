/** Demo for a test: site, proxy and stand-in on a free port, with counts of what reached the stand-in. */
import { readdirSync, readFileSync } from "node:fs";
import { createLog } from "../../proxy/servers/node/create-log.ts";
import { readWidgetFiles } from "../../proxy/servers/node/read-widget-files.ts";
import { readSettings } from "../../proxy/settings/read-settings.ts";
import type { FaultName } from "../../proxy/standin/standin.ts";
import { startDemo } from "../start-demo.ts";
import type { SiteToTry } from "../try/tried-site.ts";

export type TestDemo = {
  address: string;
  /** Number of questions that have reached the stand-in. */
  questionsSeen(): number;
  conversationsDeleted(): number;
  /** Number of answers that the stand-in is writing. */
  streamsOpen(): number;
  /** How the stand-in writes the answers that are asked for from now on. */
  readonly pace: Pace;
  fault(name: FaultName, times?: number): void;
  faultsOff(): void;
  close(): Promise<void>;
};

/** Milliseconds until the stand-in's first word and between words. */
type Pace = { firstMs: number; everyMs: number };

type TestDemoOptions = {
  pace?: Pace;
  environment?: Record<string, string>;
  siteToTry?: SiteToTry;
};

/** Needs the built widget: `npm test` builds first. */
export async function startTestDemo({
  pace = { firstMs: 50, everyMs: 0 },
  environment = {},
  siteToTry,
}: TestDemoOptions = {}): Promise<TestDemo> {
  const read = readSettings({ PORT: "0", LOG_LEVEL: "silent", ...environment }, (path) =>
    readFileSync(path, "utf8"),
  );
  if ("errors" in read) throw new Error(read.errors.join("\n"));
  const scripts = new Map(
    readdirSync("dist/demo")
      .filter((name) => name.endsWith(".js") && name !== "serve.js")
      .map((name) => [`/${name}`, { type: "text/javascript", body: readFileSync(`dist/demo/${name}`) }]),
  );
  const demo = await startDemo({
    settings: read.settings,
    files: readWidgetFiles("dist/widget"),
    scripts,
    log: createLog("silent"),
    pace,
    siteToTry,
  });
  const standin = demo.standin?.standin;
  if (!standin) throw new Error("The tests need the stand-in: start the demo without a key.");
  const sent = (method: string, path: RegExp) =>
    standin.seen.requests.filter((request) => request.method === method && path.test(request.path)).length;

  return {
    address: demo.url,
    pace,
    questionsSeen: () => sent("POST", /\/messages$/),
    conversationsDeleted: () => sent("DELETE", /\/conversations\/[^/]+$/),
    streamsOpen: () => standin.seen.streams.opened - standin.seen.streams.ended - standin.seen.streams.left,
    fault: (name, times) => void standin.faults.on(name, times === undefined ? {} : { times }),
    faultsOff: () => standin.faults.allOff(),
    close: () => demo.close(0),
  };
}
