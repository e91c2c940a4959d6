/** Second step: the agent that answers, one of the account's or a new one. */
import { type AgentSummary, describeAgent } from "../account/account.ts";
import { AccountProblem } from "../account/account-problem.ts";
import { settingTable } from "../settings/table.ts";
import { createAgent } from "./create-agent.ts";
import type { SetupDeps } from "./setup-deps.ts";
import type { TakenKey } from "./take-key.ts";

export const projectVariable = settingTable.project.name;

const stateOf = ({ isReady }: AgentSummary) => (isReady ? "ready" : "still reading its pages");

export async function chooseAgent(deps: SetupDeps, { account, agents }: TakenKey): Promise<AgentSummary> {
  const { wishes, terminal, environment } = deps;
  if (wishes.agent !== null) return named(agents, wishes.agent);
  if (wishes.createFrom !== null) return createAgent(deps, account, agents);
  if (agents.length === 0 && terminal.isInteractive) {
    terminal.say("So let CustomGPT.ai make one from your site's pages.");
    return createAgent(deps, account, agents);
  }
  const saved = agents.find(({ project }) => String(project) === environment[projectVariable]?.trim());
  if (saved && (!terminal.isInteractive || wishes.yes)) return saved;
  const question = { text: "Which agent answers?", flag: "--agent ID, or --create-from URL" };
  if (!terminal.isInteractive && agents.length > 0) terminal.say(agents.map(describeAgent).join("\n"));
  const ordered = saved ? [saved, ...agents.filter((agent) => agent !== saved)] : agents;
  const chosen = await terminal.choose<AgentSummary | null>(question, [
    ...ordered.map((agent) => ({
      value: agent,
      label: `${agent.name} (${agent.project})`,
      hint: stateOf(agent),
    })),
    { value: null, label: "A new one, from my site's pages" },
  ]);
  return chosen ?? createAgent(deps, account, agents);
}

function named(agents: readonly AgentSummary[], project: number): AgentSummary {
  const agent = agents.find((each) => each.project === project);
  if (agent) return agent;
  const some = agents.slice(0, 10).map(describeAgent).join("\n");
  throw new AccountProblem(
    "missing",
    `This account has no agent ${project}.`,
    agents.length === 0 ? "Make one with --create-from URL." : `Choose one of these:\n${some}`,
  );
}
