/** Last step: one real question to the agent, which costs a query; its answer is written as it comes. */
import type { AgentSummary } from "../account/account.ts";
import type { Upstream } from "../upstream/types.ts";
import type { SetupDeps } from "./setup-deps.ts";

export async function askQuestion(
  deps: SetupDeps,
  upstream: Upstream,
  agent: AgentSummary,
): Promise<string | null> {
  const prompt = await wantedQuestion(deps);
  if (prompt === null) return null;
  const { terminal, signal } = deps;
  let answer = "";
  terminal.write("\n");
  const session = await upstream.startConversation(agent.project, "Set-up of the website chat", signal);
  const sink = {
    accepted: () => {},
    delta(text: string) {
      answer += text;
      terminal.write(text);
    },
    citations: () => {},
  };
  await upstream.ask({ project: agent.project, session, prompt }, sink, signal);
  terminal.write("\n");
  return answer;
}

async function wantedQuestion({ terminal, wishes }: SetupDeps): Promise<string | null> {
  if (wishes.ask !== null) return wishes.ask;
  if (!terminal.isInteractive || wishes.yes) return null;
  const wants = {
    text: "Ask the agent one question now? It costs one query of your plan",
    flag: "--ask QUESTION",
  };
  if (!(await terminal.confirm(wants, false))) return null;
  const check = (given: string) => (given.trim() === "" ? "Write a question, or press Ctrl-C." : null);
  return terminal.text({ text: "Your question", flag: "--ask QUESTION" }, "", check);
}
