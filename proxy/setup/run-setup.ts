/** Set-up as a program: flags, terminal, Ctrl-C, files and network; ends the process with 0, 1, 2 or 130. */
import { AccountProblem } from "../account/account-problem.ts";
import { EnvFileProblem } from "../env-file/write-env-file.ts";
import { UpstreamFailure } from "../upstream/errors.ts";
import { createClackTerminal } from "./terminal/clack-terminal.ts";
import { createPlainTerminal } from "./terminal/plain-terminal.ts";
import { readWishes, usage, WrongInput } from "./read-wishes.ts";
import { createDeps } from "./create-deps.ts";
import type { Wishes } from "./setup-deps.ts";
import { setUp } from "./setup.ts";
import { Interrupted, type Terminal, Unanswered } from "./terminal/terminal.ts";

export async function runSetup(words: readonly string[]): Promise<never> {
  let wishes: ReturnType<typeof readWishes>;
  try {
    wishes = readWishes(words);
  } catch (error) {
    return end(
      2,
      `${error instanceof Error ? error.message : "The flags cannot be understood."}\n\n${usage}`,
    );
  }
  if (wishes === "help") {
    process.stdout.write(`${usage}\n`);
    return process.exit(0);
  }
  const interrupting = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => interrupting.abort(new Interrupted()));
  const terminal = createTerminal(wishes);
  try {
    const outcome = await setUp(createDeps(wishes, terminal, interrupting.signal));
    if (wishes.json) process.stdout.write(`${JSON.stringify({ ok: true, ...outcome }, null, 2)}\n`);
    return process.exit(0);
  } catch (error) {
    const { code, text } = ending(interrupting.signal.aborted ? new Interrupted() : error);
    if (wishes.json) process.stdout.write(`${JSON.stringify({ ok: false, problem: text }, null, 2)}\n`);
    return end(code, text);
  }
}

function end(code: number, text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

const goOn = "Run set-up again: it goes on from what it has saved in .env.";

/** The exit code and the sentences for what set-up rejects with. */
function ending(error: unknown): { code: number; text: string } {
  if (error instanceof Interrupted) return { code: 130, text: `Stopped. ${goOn}` };
  if (error instanceof Unanswered) return { code: 2, text: error.message };
  if (error instanceof AccountProblem) return { code: 1, text: `${error.message}\n${error.mend}` };
  if (error instanceof UpstreamFailure)
    return {
      code: 1,
      text: `The agent did not answer (${error.detail}). All is set; try again in the chat itself.`,
    };
  if (error instanceof EnvFileProblem || error instanceof WrongInput) return { code: 1, text: error.message };
  return {
    code: 1,
    text: `Set-up failed: ${error instanceof Error ? error.message : String(error)}\n${goOn}`,
  };
}

/** Some terminals, such as a new container's, do not say how large they are. */
const usualColumns = 80;
const usualRows = 24;

/** Questions need a terminal on both sides. */
function createTerminal(wishes: Wishes): Terminal {
  const output = wishes.json ? process.stderr : process.stdout;
  const isInteractive = process.stdin.isTTY && output.isTTY && process.env["TERM"] !== "dumb";
  if (!isInteractive) return createPlainTerminal((text) => void output.write(text), Date.now);
  output.columns ||= usualColumns;
  output.rows ||= usualRows;
  return createClackTerminal(output, watchExit, () => {
    const { code, text } = ending(new Interrupted());
    process.exitCode = code;
    process.stderr.write(`${text}\n`);
  });
}

function watchExit(listener: () => void): () => void {
  process.once("exit", listener);
  return () => void process.off("exit", listener);
}
