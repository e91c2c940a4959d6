/** Command that checks a set-up: parses its arguments, prints the findings, exits with 0 or 1. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readEnvironment } from "../env-file/read-environment.ts";
import { checkSetup } from "./check-setup.ts";
import { asJson, asText, isWell } from "./report.ts";

const usage = `Usage: customgpt-widget check [https://chat.example.com] [--origin https://www.example.com] [--agent alias] [--json]

Checks the settings in this environment (key, agents, origins, Redis) as the proxy would read them, and with an
address also the proxy that runs there. It spends no query. Ends with 0 when nothing has to be mended, else with 1.`;

function give(line: string): never {
  process.stderr.write(`${line}\n\n${usage}\n`);
  process.exit(1);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        origin: { type: "string" },
        agent: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    return give(error instanceof Error ? error.message : "The words cannot be understood.");
  }
}

function webAddress(given: string, what: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol)) give(`${what} "${given}" is no http or https address.`);
  return url;
}

export async function runCheck(words: readonly string[]): Promise<never> {
  const { values, positionals } = parse(words);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const [address, ...more] = positionals;
  if (more.length > 0) give("Only one address can be checked at a time.");

  const { environment, errors } = readEnvironment(process.env);
  if (errors.length > 0) give(errors.join("\n"));
  const findings = await checkSetup({
    environment,
    readFile: (path) => readFileSync(path, "utf8"),
    address: address === undefined ? null : webAddress(address, "The address"),
    origin: values.origin === undefined ? null : webAddress(values.origin, "The origin").origin,
    ...(values.agent === undefined ? {} : { agent: values.agent }),
  });
  process.stdout.write(`${values.json ? asJson(findings) : asText(findings)}\n`);
  process.exit(isWell(findings) ? 0 : 1);
}
