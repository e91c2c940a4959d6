/** Server as a program: reads the environment, starts, logs that, and ends on a signal. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readEnvironment } from "../../env-file/read-environment.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { agentsToChoose } from "./agents-to-choose.ts";
import { createLog } from "./create-log.ts";
import { endOnCrash } from "./on-crash.ts";
import { readWidgetFiles } from "./read-widget-files.ts";
import { startProxy } from "./start-proxy.ts";
import { agentPatience, startText } from "./startup-message.ts";
import { untilStopped } from "./graceful-shutdown.ts";

const say = (line: string) => console.log(line);

function give(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

export async function runServer(): Promise<void> {
  endOnCrash();
  const { environment, errors, warnings: ofFile } = readEnvironment(process.env);
  if (errors.length > 0) give(errors);
  const readFile = (path: string) => readFileSync(path, "utf8");
  const read = readSettings(environment, readFile);
  if ("errors" in read)
    give([...read.errors, ...(await agentsToChoose(environment, readFile, agentPatience))]);

  const { settings } = read;
  const warnings = [...ofFile, ...read.warnings];
  // Once built, this file is dist/proxy/server.js, beside the widget.
  const files = readWidgetFiles(join(dirname(fileURLToPath(import.meta.url)), "../widget"));
  const log = createLog(settings.logLevel);
  const proxy = await startProxy({ settings, files, log }).catch((error: unknown) =>
    give([error instanceof Error ? error.message : "The proxy could not be started."]),
  );
  untilStopped(proxy, settings.drainSeconds, say);
  const agents = await proxy.checkAgents(agentPatience);
  for (const line of startText({ proxy, settings, agents, hasWidget: files.has("/widget.js"), warnings }))
    say(line);
}
