/** Reader of the environment, once at the start: settings, or a line for each error. */
import { defaultAgent } from "../protocol/paths.ts";
import { settingTable, type Settings } from "./table.ts";
import { fileVariable, readTable, type Setting } from "./setting.ts";

/** Either the settings and some hints, or the lines that stop the start, each naming its variable. */
export type ReadSettings =
  { settings: Settings; warnings: readonly string[] } | { errors: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every setting. `readFile` is called for `NAME_FILE` variables only; when it throws, that becomes a line. */
export function readSettings(env: Environment, readFile: (path: string) => string): ReadSettings {
  const errors: string[] = [];

  function read<Value, Fallback>(setting: Setting<Value, Fallback>): Value | Fallback {
    const given = givenText(setting, env, readFile);
    if (given === undefined) return setting.fallback;
    const reading = "text" in given ? setting.kind.read(given.text) : given;
    if ("value" in reading) return reading.value;
    errors.push(`${setting.name} ${reading.wrong}; it takes ${setting.kind.takes}.`);
    return setting.fallback;
  }

  const settings = readTable(settingTable, read);
  errors.push(...misplaced(env));
  if (errors.length === 0) errors.push(...contradictions(settings));
  return errors.length > 0 ? { errors } : { settings, warnings: warningsAbout(settings, env) };
}

function givenText(
  setting: Setting<unknown, unknown>,
  env: Environment,
  readFile: (path: string) => string,
): { text: string } | { wrong: string } | undefined {
  const direct = unquoted(env[setting.name]?.trim());
  const file = fileVariable(setting.name);
  const path = setting.secret ? env[file]?.trim() : undefined;
  // An empty variable counts as not set, as compose files and CI systems leave one out this way.
  if (!path) return direct ? { text: direct } : undefined;
  if (direct) return { wrong: `is given twice, here and as ${file}` };
  try {
    const text = readFile(path).trim();
    return text === "" ? { wrong: `is empty in the file that ${file} names` } : { text };
  } catch {
    // Neither the path nor the error is printed: a key set there by mistake would be printed with them.
    return { wrong: `cannot be read from the file that ${file} names` };
  }
}

/** `docker run --env-file` passes on the quotes that shells, compose files and Node take off. */
function unquoted(given: string | undefined): string | undefined {
  return given === undefined ? undefined : (/^(["'])(.*)\1$/s.exec(given)?.[2] ?? given);
}

const all: readonly Setting<unknown, unknown>[] = Object.values(settingTable);
const secrets = all.filter((setting) => setting.secret).map((setting) => setting.name);

/** Settings given where they are not read: to start without them is not what the owner meant. */
function misplaced(env: Environment): string[] {
  const isSet = (name: string) => Boolean(env[name]?.trim());
  const unread = all.filter((setting) => !setting.secret && isSet(fileVariable(setting.name)));
  return unread.map(
    ({ name }) =>
      `${fileVariable(name)} is set, but only ${secrets.join(", ")} can be read from a file; set ${name} itself.`,
  );
}

function contradictions(settings: Settings): string[] {
  const lines: string[] = [];
  if (settings.apiKey !== null && settings.project === null)
    lines.push(
      "CUSTOMGPT_PROJECT_ID is not set but CUSTOMGPT_API_KEY is; it takes the id of the agent that answers.",
    );
  if (settings.apiKey === null && settings.project !== null)
    lines.push(
      "CUSTOMGPT_API_KEY is not set but CUSTOMGPT_PROJECT_ID is; it takes the key of that agent's account.",
    );
  if (settings.apiKey === null && settings.agents.size > 0)
    lines.push(
      "AGENTS is set but CUSTOMGPT_API_KEY is not; it takes agents of the account whose key is given.",
    );
  const named = {
    AGENT_ORIGINS: settings.agentOrigins,
    RESPONSE_SOURCE: settings.responseSource.byAlias,
    AGENT_CAPABILITY: settings.agentCapability.byAlias,
  };
  for (const [name, byAlias] of Object.entries(named))
    for (const alias of byAlias.keys())
      if (alias !== defaultAgent && !settings.agents.has(alias))
        lines.push(
          `${name} names the agent "${alias}", which is not in AGENTS; it takes agents that there are.`,
        );
  if (settings.metricsPort !== null && settings.metricsPort !== 0 && settings.metricsPort === settings.port)
    lines.push("METRICS_PORT is the same as PORT; it takes another one, or METRICS_TOKEN instead of it.");
  const vouches = settings.identitySecret !== null || settings.identityKey !== null;
  if (!vouches && (settings.identityIssuer !== null || settings.identityAudience !== null))
    lines.push(
      "IDENTITY_ISSUER or IDENTITY_AUDIENCE is set, but no identity can be checked; set IDENTITY_SECRET or IDENTITY_PUBLIC_KEY too.",
    );
  if (settings.redisUrl !== null && settings.proxySecret === null)
    lines.push(
      "PROXY_SECRET is not set but REDIS_URL is; it takes one long random text that all instances share.",
    );
  return lines;
}

function warningsAbout(settings: Settings, env: Environment): string[] {
  const known = all.flatMap(({ name, secret }) => (secret ? [name, fileVariable(name)] : [name]));
  const warnings: string[] = [];
  for (const name of Object.keys(env)) {
    if (known.includes(name)) continue;
    const meant = known.find((one) => looksLike(name, one));
    if (meant !== undefined) warnings.push(`${name} is not a setting; did you mean ${meant}?`);
  }
  if (settings.apiKey === null && settings.baseUrl !== settingTable.baseUrl.fallback)
    warnings.push("CUSTOMGPT_BASE_URL is not used, because no CUSTOMGPT_API_KEY is set.");
  return warnings;
}

/** Whether a name is another one with its underscores misplaced or, for a long name, one or two letters wrong. */
function looksLike(name: string, known: string): boolean {
  const [one, other] = [name, known].map((word) => word.toUpperCase().replaceAll(/[_-]/g, ""));
  if (one === undefined || other === undefined) return false;
  return one === other || (other.length >= 8 && editsBetween(one, other) <= 2);
}

function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, against] of Array.from(other).entries()) {
      const replaced = (row[j] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
