/** A program in a pseudo-terminal of util-linux's `script`, typed into as a person does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

export type PseudoTerminal = {
  /** All that was shown so far, without colours and movements. */
  shown(): string;
  /** Resolves once the text was shown that has not been waited for before. Rejects with the screen when it never is. */
  until(text: RegExp): Promise<void>;
  type(keys: string): void;
  /** The program's exit code. */
  ended: Promise<number | null>;
};

/** Long enough for a busy machine, and shorter than a test's time limit, so that a failure shows the screen. */
const patienceMs = 30_000;

export const enter = "\r";
export const controlC = "\u0003";

export function openPseudoTerminal(
  command: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): PseudoTerminal {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = spawn("script", ["--quiet", "--flush", "--return", "--command", quoted, "/dev/null"], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color", COLUMNS: "100", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let shown = "";
  let waitedFor = 0;
  let over = false;
  child.stdout.on("data", (bytes: Buffer) => void (shown += stripVTControlCharacters(bytes.toString())));
  const ended = once(child, "close").then(([code]: (number | null)[]) => {
    over = true;
    return code ?? null;
  });
  return {
    shown: () => shown,
    async until(text) {
      const latest = Date.now() + patienceMs;
      for (;;) {
        const found = text.exec(shown.slice(waitedFor));
        if (found) {
          waitedFor += found.index + found[0].length;
          return;
        }
        const why = over ? "ended before" : Date.now() > latest ? "took too long until" : null;
        if (why) throw new Error(`The program ${why} it showed ${String(text)}:\n${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    type: (keys) => void child.stdin.write(keys),
    ended,
  };
}
