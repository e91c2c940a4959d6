/** First step: the account's key, from a file, the environment or a hidden question, tried by listing the agents. */
import type { Account, AgentSummary } from "../account/account.ts";
import { AccountProblem } from "../account/account-problem.ts";
import { fileVariable } from "../settings/setting.ts";
import { settingTable } from "../settings/table.ts";
import type { SetupDeps } from "./setup-deps.ts";

export type TakenKey = {
  key: string;
  account: Account;
  agents: readonly AgentSummary[];
  /** What `.env` has to say of the key; empty where it is set elsewhere already. */
  values: Readonly<Record<string, string>>;
};

const variable = settingTable.apiKey.name;
const tries = 3;

const whereKeysAre = [
  "The key of your CustomGPT.ai account is needed. Sign up at https://customgpt.ai, or log in at https://app.customgpt.ai;",
  "open My Profile, API, and make a key. It is shown once: copy it whole.",
].join(" ");

export async function takeKey(deps: SetupDeps): Promise<TakenKey> {
  const given = givenKey(deps);
  if (given) return tried(deps, given.key, given.values);
  if (deps.terminal.isInteractive) deps.terminal.say(whereKeysAre);
  for (let left = tries - 1; ; left--) {
    const question = {
      text: "Key of CustomGPT.ai (hidden)",
      flag: `--key-file PATH, or ${variable} in the environment`,
    };
    const key = (await deps.terminal.secret(question)).trim();
    const reading = settingTable.apiKey.kind.read(key);
    try {
      if ("wrong" in reading) throw notAKey();
      return await tried(deps, key, { [variable]: key });
    } catch (error) {
      if (left === 0 || !(error instanceof AccountProblem) || error.kind !== "key") throw error;
      deps.terminal.warn(`${error.message} ${error.mend}`);
    }
  }
}

function givenKey({
  wishes,
  environment,
  readFile,
  absolute,
}: SetupDeps): Pick<TakenKey, "key" | "values"> | null {
  const path = wishes.keyFile ?? environment[fileVariable(variable)]?.trim();
  const key = path ? readFile(path).trim() : environment[variable]?.trim();
  if (!key && !path) return null;
  if (!key || "wrong" in settingTable.apiKey.kind.read(key)) throw notAKey();
  return {
    key,
    values: wishes.keyFile === null ? {} : { [fileVariable(variable)]: absolute(wishes.keyFile) },
  };
}

const notAKey = () =>
  new AccountProblem(
    "key",
    "That is no key of CustomGPT.ai.",
    "Copy it whole, on one line and without spaces.",
  );

async function tried(deps: SetupDeps, key: string, values: TakenKey["values"]): Promise<TakenKey> {
  const account = deps.openAccount(key);
  const agents = await account.agents(deps.signal);
  deps.terminal.done(
    `The key is accepted. The account has ${agents.length === 1 ? "one agent" : `${agents.length} agents`}.`,
  );
  return { key, account, agents, values };
}
