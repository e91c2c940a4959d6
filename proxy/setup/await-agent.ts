/** Third step: waits until the agent can answer; what is chosen is saved by then, so it may be interrupted. */
import type { Account, AgentSummary } from "../account/account.ts";
import { AccountProblem } from "../account/account-problem.ts";
import type { SetupDeps } from "./setup-deps.ts";

const pauseMs = 3000;
/** A site of some thousand pages takes longer than anybody wants to watch. */
const patienceMs = 20 * 60_000;
const failuresInARow = 5;

/** Whether it can answer; false when it is not waited for, or not any longer. */
export async function awaitAgent(deps: SetupDeps, account: Account, agent: AgentSummary): Promise<boolean> {
  if (agent.isReady) return true;
  const { terminal, wishes, clock, sleep, signal } = deps;
  if (!wishes.wait) {
    terminal.say(`Agent ${agent.project} still reads its pages. It answers once it is done.`);
    return false;
  }
  const until = clock() + patienceMs;
  const bar = terminal.bar("CustomGPT.ai reads the pages");
  let failures = 0;
  try {
    while (clock() < until) {
      const progress = await account.progress(agent.project, signal).catch((error: unknown) => {
        if (!(error instanceof AccountProblem) || ++failures >= failuresInARow) throw error;
        return null;
      });
      if (progress?.isReady) {
        bar.stop(
          `The agent can answer${progress.read === null ? "" : `; it has read ${progress.read} pages`}.`,
        );
        return true;
      }
      if (progress) {
        failures = 0;
        bar.update("CustomGPT.ai reads the pages", progress.read, progress.found || null);
      }
      await sleep(pauseMs, signal);
    }
  } catch (error) {
    bar.stop("Stopped waiting.");
    throw error;
  }
  bar.stop(
    "It is still reading, which can take an hour for a large site. It answers once it is done; go on meanwhile.",
  );
  return false;
}
