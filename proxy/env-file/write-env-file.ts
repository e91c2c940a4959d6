/** Writing `.env`: whole or not at all, readable by its owner only, never through a link. */
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** What went wrong, as a sentence that says what to do. */
export class EnvFileProblem extends Error {
  override readonly name = "EnvFileProblem";
}

/** Throws `EnvFileProblem`; what was there before is then still there. `suffix` names the file on the way. */
export function writeEnvFile(path: string, text: string, suffix: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new EnvFileProblem(
      `${path} is a link, and set-up writes through none. Name the file itself with ENV_FILE.`,
    );
  const beside = `${path}.${suffix}`;
  try {
    const file = openSync(beside, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new EnvFileProblem(`${path} cannot be written: ${reasonOf(error)}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Make room and run set-up again.",
  EDQUOT: "the disk quota is used up. Make room and run set-up again.",
  EACCES: "this folder cannot be written to. Run set-up in a folder of your own.",
  EPERM: "this folder cannot be written to. Run set-up in a folder of your own.",
  EROFS: "this disk is read-only. Run set-up in another folder.",
  ENOENT: "its folder does not exist. Make it, or name another file with ENV_FILE.",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return reasons[code] ?? `the system says ${code}. Mend that and run set-up again.`;
}
