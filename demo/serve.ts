/** Program of `npm start`: reads the environment, starts the demo, and prints its URL. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readStartWords, startHelp } from "../.commands/start-words.js";
import { readEnvironment } from "../proxy/env-file/read-environment.ts";
import { accountOf } from "../proxy/servers/account.ts";
import { createLog } from "../proxy/servers/node/create-log.ts";
import { endOnCrash } from "../proxy/servers/node/on-crash.ts";
import { readWidgetFiles } from "../proxy/servers/node/read-widget-files.ts";
import { agentPatience, startText } from "../proxy/servers/node/startup-message.ts";
import { untilStopped } from "../proxy/servers/node/graceful-shutdown.ts";
import { standinAlarm, standinLines } from "../proxy/servers/standin/standin-message.ts";
import type { WidgetFile } from "../proxy/routes/widget-files.ts";
import { readSettings } from "../proxy/settings/read-settings.ts";
import { startDemo } from "./start-demo.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

function give(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}

// Built, this file is dist/demo/serve.js; the widget lies in dist/widget.
const here = dirname(fileURLToPath(import.meta.url));
const scripts = new Map(
  readdirSync(here)
    .filter((name) => name.endsWith(".js") && name !== "serve.js")
    .map((name) => [
      `/${name}`,
      { type: "text/javascript; charset=utf-8", body: readFileSync(join(here, name)) },
    ]),
);

endOnCrash();
const words = readStartWords(process.argv.slice(2));
if ("error" in words) give([words.error]);
if (words.isHelpWanted) {
  say(startHelp);
  process.exit(0);
}
const { site, pages: maxPages, isInTheMaking } = words;
const { environment, errors, warnings: ofFile } = readEnvironment(process.env);
if (errors.length > 0) give(errors);
const read = readSettings(environment, (path) => readFileSync(path, "utf8"));
if ("errors" in read) give(read.errors);

const { settings } = read;
const warnings = [...ofFile, ...read.warnings];
const built = readWidgetFiles(join(here, "../widget"));
// `npm run dev` says so: a browser that keeps a file for minutes would not show what was just changed.
const withCaching = ([path, file]: [string, WidgetFile]): [string, WidgetFile] => [
  path,
  { ...file, mustRevalidate: isInTheMaking },
];
const files = new Map([...built].map(withCaching));
// Requests are not logged in a demo by default; LOG_LEVEL=info brings them back.
const log = createLog(process.env["LOG_LEVEL"] ? settings.logLevel : "warn");
const siteToTry = site ? { address: site, maxPages, say } : undefined;
const demo = await startDemo({ settings, files, scripts, log, siteToTry }).catch((error: unknown) =>
  give([error instanceof Error ? error.message : "The demo could not be started."]),
);
untilStopped(demo, settings.drainSeconds, say);
const agents = await demo.checkAgents(agentPatience);
const tried = site && { host: site.host, hasKey: accountOf(settings) !== null };
const alarm = standinAlarm(demo, settings, process.env["NODE_ENV"], tried);
say("");
const standin = demo.standin ? standinLines(demo.standin, tried) : [];
const hasWidget = files.has("/widget.js");
for (const line of startText({ proxy: demo, settings, agents, standin, hasWidget, warnings })) say(line);
say(
  site
    ? `\nOpen ${demo.url} and ask about ${site.host}. Ctrl-C ends it.`
    : `\nOpen ${demo.url} and click the round button. Ctrl-C ends it.`,
);
if (alarm !== null) process.stderr.write(`\n${alarm}\n`);
