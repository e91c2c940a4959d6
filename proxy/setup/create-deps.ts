/** The ways to the outside that set-up is given on a machine: files, network, time, chance. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createAccount } from "../account/account.ts";
import { mergeEnvFile, writtenBefore } from "../env-file/env-file.ts";
import { type Environment, envFileOf, readEnvironment } from "../env-file/read-environment.ts";
import { EnvFileProblem, writeEnvFile } from "../env-file/write-env-file.ts";
import { fileVariable } from "../settings/setting.ts";
import { settingTable } from "../settings/table.ts";
import { createUpstream } from "../upstream/create-upstream.ts";
import { undiciTransports } from "../upstream/transport/node-transports.ts";
import { WrongInput } from "./read-wishes.ts";
import type { Wishes } from "./setup-deps.ts";
import type { SetupSteps } from "./setup.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** Milliseconds for one call; an answer may take ten times as long. */
const patienceMs = 20_000;
const pageMs = 10_000;
const maxPageCharacters = 5_000_000;

/** Throws `EnvFileProblem` or `WrongInput` with a sentence where the environment cannot be used. */
export function createDeps(wishes: Wishes, terminal: Terminal, signal: AbortSignal): SetupSteps {
  const file = resolve(envFileOf(process.env) ?? ".env");
  const readFile = (path: string) => readFileSync(path, "utf8");
  const { environment, errors } = readEnvironment(process.env);
  if (errors.length > 0) throw new EnvFileProblem(errors.join("\n"));
  const base = baseOf(environment);
  const timeouts = {
    connectMs: patienceMs,
    firstByteMs: 3 * patienceMs,
    idleMs: 3 * patienceMs,
    totalMs: 10 * patienceMs,
  };
  const sleeping = (ms: number, during?: AbortSignal) =>
    sleep(ms, undefined, during ? { signal: during } : {});
  return {
    wishes,
    terminal,
    environment,
    base,
    file,
    signal,
    readFile: (path) => readKeyFile(path, readFile),
    openAccount: (key) =>
      createAccount({
        base,
        key,
        transport: undiciTransports({ connectMs: patienceMs }).transport,
        patienceMs,
        clock: Date.now,
        sleep: sleeping,
      }),
    openUpstream: (key) =>
      createUpstream({
        base,
        key,
        timeouts,
        sleep: sleeping,
        clock: Date.now,
        log: () => {},
        ...undiciTransports({ connectMs: patienceMs }),
      }),
    absolute: (path) => resolve(path),
    fetchText,
    save: (values) => saveTo(file, values),
    reread: () => readEnvironment(process.env).environment,
    newSecret: () => randomBytes(32).toString("base64url"),
    clock: Date.now,
    sleep: (ms, during) => sleep(ms, undefined, { signal: during }),
  };
}

function readKeyFile(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch {
    throw new WrongInput("The file with the key cannot be read; give another path with --key-file.");
  }
}

/** Keeps what an earlier run wrote, unless it is set anew. */
function saveTo(file: string, values: Readonly<Record<string, string>>): readonly string[] {
  let before = "";
  try {
    before = readFileSync(file, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT"))
      throw new EnvFileProblem(
        `${file} cannot be read. Look at whose it is, or name another file with ENV_FILE.`,
      );
  }
  const others = Object.fromEntries(
    Object.entries(writtenBefore(before)).filter(
      ([name]) => !(name in values) && !(otherForm(name) in values),
    ),
  );
  const { text, unchanged } = mergeEnvFile(before, { ...values, ...others });
  writeEnvFile(file, text, `${process.pid}.new`);
  return unchanged;
}

/** A secret is set by its variable or by the one that names its file, never by both. */
const otherForm = (name: string) =>
  name.endsWith("_FILE") ? name.replace(/_FILE$/, "") : fileVariable(name);

async function fetchText(address: URL, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(pageMs)]) });
    return response.ok ? (await response.text()).slice(0, maxPageCharacters) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

function baseOf(environment: Environment): URL {
  const { name, kind, fallback } = settingTable.baseUrl;
  const given = environment[name]?.trim();
  const reading = given ? kind.read(given) : { value: fallback };
  if ("wrong" in reading) throw new WrongInput(`${name} ${reading.wrong}; it takes ${kind.takes}.`);
  return reading.value;
}
