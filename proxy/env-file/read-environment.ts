/** The environment together with the `.env` of the working folder, where there is one; the real environment comes first. */
import { readFileSync, statSync } from "node:fs";
import { readEnvFile } from "./env-file.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export type ReadEnvironment = {
  environment: Environment;
  /** The file that was read, or null. */
  file: string | null;
  /** Sentences for the operator; no value is in them. */
  warnings: readonly string[];
  /** Sentences that stop the start. */
  errors: readonly string[];
};

const usualFile = ".env";

/** The file to read: `ENV_FILE`, else `.env`; null where `ENV_FILE` is `none`. */
export function envFileOf(env: Environment): string | null {
  const named = env["ENV_FILE"]?.trim();
  return named === "none" ? null : named || usualFile;
}

export function readEnvironment(env: Environment): ReadEnvironment {
  const file = envFileOf(env);
  const nothing = { environment: env, file: null, warnings: [], errors: [] };
  if (file === null) return nothing;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    if (file === usualFile) return nothing;
    return { ...nothing, errors: ["ENV_FILE names a file that cannot be read; it takes a path, or `none`."] };
  }
  const { values, badLines } = readEnvFile(text);
  const errors = badLines.map(
    (line) => `${file} line ${line} sets nothing; a line is NAME=value, or a comment after #.`,
  );
  // An empty variable counts as not set, as everywhere.
  const set = Object.entries(env).filter(([name, value]) => value?.trim() || !(name in values));
  return {
    environment: { ...values, ...Object.fromEntries(set) },
    file,
    warnings: isOpen(file)
      ? [`${file} can be read by others on this machine; \`chmod 600 ${file}\` keeps it yours.`]
      : [],
    errors,
  };
}

/** On Windows the mode says nothing. */
function isOpen(file: string): boolean {
  return process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0;
}
