/** Set-up in its order: key, agent, waiting, the owner's answers, `.env`, checks, a question. */
import { checkSetup } from "../cli/check-setup.ts";
import type { Finding } from "../cli/finding.ts";
import { asText } from "../cli/report.ts";
import { settingTable } from "../settings/table.ts";
import type { Upstream } from "../upstream/types.ts";
import { askOwner } from "./ask-owner.ts";
import { askQuestion } from "./ask-question.ts";
import { awaitAgent } from "./await-agent.ts";
import { chooseAgent, projectVariable } from "./choose-agent.ts";
import { nextCommand, type Outcome, outcomeText, policyFor, tagFor } from "./outcome.ts";
import type { SetupDeps } from "./setup-deps.ts";
import { takeKey } from "./take-key.ts";

export type SetupSteps = SetupDeps & {
  openUpstream: (key: string) => Upstream;
  /** The environment as the proxy will read it, `.env` included as it is then. */
  reread: () => Readonly<Record<string, string | undefined>>;
};

const usualBase = settingTable.baseUrl;

/** Rejects with an error whose message is a sentence for the owner; what was saved by then stays saved. */
export async function setUp(deps: SetupSteps): Promise<Outcome> {
  const { terminal, file, environment, base } = deps;
  const taken = await takeKey(deps);
  try {
    const agent = await chooseAgent(deps, taken);
    const secret = environment[settingTable.proxySecret.name]?.trim() || deps.newSecret();
    const first = {
      ...taken.values,
      [projectVariable]: String(agent.project),
      [settingTable.proxySecret.name]: secret,
      ...(base.href === usualBase.fallback.href ? {} : { [usualBase.name]: base.href }),
    };
    // Saved before anything is waited for, so that a second run goes on from here.
    deps.save(first);
    const isReady = await awaitAgent(deps, taken.account, agent);
    const { values, address } = await askOwner(deps);
    const unchanged = deps.save({ ...first, ...values });
    const findings = await checked(deps);
    const told = {
      agent: { ...agent, isReady },
      file,
      unchanged,
      tag: tagFor(address),
      policy: policyFor(address),
      next: nextCommand(),
    };
    // Without marks before its lines, so that they can be copied.
    terminal.write(`\n${outcomeText(told, address)}\n`);
    return { ...told, findings, answer: isReady ? await asked(deps, taken.key, told.agent) : null };
  } finally {
    await taken.account.close();
  }
}

async function checked({ terminal, reread, readFile }: SetupSteps): Promise<Finding[]> {
  const findings = await checkSetup({ environment: reread(), readFile, address: null, origin: null });
  terminal.say(asText(findings));
  return findings;
}

async function asked(deps: SetupSteps, key: string, agent: Outcome["agent"]): Promise<string | null> {
  const upstream = deps.openUpstream(key);
  try {
    return await askQuestion(deps, upstream, agent);
  } finally {
    await upstream.close();
  }
}
