/** A new agent from a sitemap: told what the plan has left, made once, looked for before it is made again. */
import type { Account, AgentSummary, Usage } from "../account/account.ts";
import { AccountProblem } from "../account/account-problem.ts";
import { findSitemap, webAddress } from "./find-sitemap.ts";
import type { SetupDeps } from "./setup-deps.ts";

/** How often, and after which pauses in milliseconds, an agent is looked for whose creation was not confirmed. */
const looks = 5;
const lookPauseMs = 3000;

export async function createAgent(
  deps: SetupDeps,
  account: Account,
  agents: readonly AgentSummary[],
): Promise<AgentSummary> {
  const sitemap = await askForSitemap(deps);
  const earlier = agents.find((agent) => agent.sitemap === sitemap.href);
  if (earlier && (await takesEarlier(deps, earlier))) return earlier;
  const usage = await account.usage(deps.signal);
  deps.terminal.say(usageText(usage));
  const name = await askForName(deps, sitemap);
  return create(deps, account, { name, sitemap: sitemap.href }, agents);
}

async function askForSitemap({ wishes, terminal, fetchText, signal }: SetupDeps): Promise<URL> {
  const question = { text: "Address of your site, or of its sitemap", flag: "--create-from URL" };
  const check = (given: string) =>
    webAddress(given) ? null : "That is no web address, such as https://www.example.com.";
  const given = wishes.createFrom ?? (await terminal.text(question, "", check));
  const address = webAddress(given);
  if (!address)
    throw new AccountProblem(
      "refused",
      `"${given}" is no web address.`,
      "Give one such as https://www.example.com.",
    );
  const sitemap = await findSitemap(address, fetchText, signal);
  if (sitemap) terminal.done(`The sitemap is ${sitemap.href}`);
  else
    terminal.warn(
      `No sitemap was found from here at ${address.href}; CustomGPT.ai is given that address as it is.`,
    );
  return sitemap ?? address;
}

async function takesEarlier({ terminal, wishes }: SetupDeps, earlier: AgentSummary): Promise<boolean> {
  const text = `Agent ${earlier.project}, "${earlier.name}", was made from this sitemap. Use it`;
  if (!terminal.isInteractive || wishes.yes) {
    terminal.done(`${text.replace(" Use it", "")} It is used.`);
    return true;
  }
  return terminal.confirm({ text: `${text}?`, flag: "--agent ID" }, true);
}

async function askForName({ terminal, wishes }: SetupDeps, sitemap: URL): Promise<string> {
  const usual = sitemap.hostname.replace(/^www\./, "");
  if (wishes.name !== null) return wishes.name;
  if (!terminal.isInteractive || wishes.yes) return usual;
  const check = (given: string) => (given.length <= 120 ? null : "A name has at most 120 characters.");
  return (await terminal.text({ text: "Name of the agent", flag: "--name NAME" }, usual, check)) || usual;
}

function usageText({ agents, queries }: Usage): string {
  const share = (what: string, { used, limit }: { used: number | null; limit: number | null }) =>
    used === null ? [] : [`${used}${limit === null ? "" : ` of ${limit}`} ${what}`];
  const shares = [...share("agents", agents), ...share("questions this month", queries)];
  return shares.length === 0
    ? "The service does not say what the plan has left."
    : `Used of the plan: ${shares.join(", ")}.`;
}

async function create(
  deps: SetupDeps,
  account: Account,
  wanted: { name: string; sitemap: string },
  before: readonly AgentSummary[],
): Promise<AgentSummary> {
  try {
    const made = await account.create(wanted, deps.signal);
    deps.terminal.done(`Agent ${made.project}, "${wanted.name}", is made.`);
    return { ...made, sitemap: wanted.sitemap };
  } catch (error) {
    if (!(error instanceof AccountProblem) || error.kind !== "unclear") throw error;
    deps.terminal.warn("CustomGPT.ai has not said what came of it; looking for the agent.");
    const made = await lookForNew(deps, account, wanted, before);
    if (!made) throw error;
    deps.terminal.done(`Agent ${made.project}, "${made.name}", is there.`);
    return made;
  }
}

async function lookForNew(
  { sleep, signal }: SetupDeps,
  account: Account,
  wanted: { name: string; sitemap: string },
  before: readonly AgentSummary[],
): Promise<AgentSummary | null> {
  const newest = Math.max(0, ...before.map(({ project }) => project));
  for (let look = 0; look < looks; look++) {
    await sleep(lookPauseMs, signal);
    const agents = await account.agents(signal);
    const isNew = ({ project, name, sitemap }: AgentSummary) =>
      project > newest && (sitemap === wanted.sitemap || name === wanted.name);
    const made = agents.find(isNew);
    if (made) return made;
  }
  return null;
}
