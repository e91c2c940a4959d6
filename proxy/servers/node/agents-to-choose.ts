/** What a start with a key but no agent says: the account's agents, and how to choose one. */
import { setTimeout as sleep } from "node:timers/promises";
import { createAccount, describeAgent } from "../../account/account.ts";
import { AccountProblem } from "../../account/account-problem.ts";
import type { Environment } from "../../env-file/read-environment.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { settingTable } from "../../settings/table.ts";
import { undiciTransports } from "../../upstream/transport/node-transports.ts";

const maxListed = 20;

/** Lines for the operator; none where a key is missing too, or where more than the agent is. Never rejects. */
export async function agentsToChoose(
  environment: Environment,
  readFile: (path: string) => string,
  patienceMs: number,
): Promise<string[]> {
  // Any agent will do to read the other settings.
  const read = readSettings({ ...environment, [settingTable.project.name]: "1" }, readFile);
  if (environment[settingTable.project.name]?.trim() || "errors" in read || read.settings.apiKey === null)
    return [];
  const account = createAccount({
    base: read.settings.baseUrl,
    key: read.settings.apiKey,
    transport: undiciTransports({ connectMs: patienceMs }).transport,
    patienceMs,
    clock: Date.now,
    sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
  });
  try {
    const agents = await account.agents(AbortSignal.timeout(patienceMs));
    if (agents.length === 0)
      return ["The account has no agent yet; `npx customgpt-widget setup` makes one from your site."];
    const more = agents.length > maxListed ? [`… and ${agents.length - maxListed} more`] : [];
    return [
      "The account's agents:",
      ...agents.slice(0, maxListed).map((agent) => `  ${describeAgent(agent)}`),
      ...more,
      `Set ${settingTable.project.name} to the number of one of them, or run \`npx customgpt-widget setup\`.`,
    ];
  } catch (error) {
    return error instanceof AccountProblem ? [`${error.message} ${error.mend}`] : [];
  } finally {
    await account.close();
  }
}
