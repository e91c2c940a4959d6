/** The command's flags, read and checked. */
import { parseArgs } from "node:util";
import type { Wishes } from "./setup-deps.ts";

export const usage = `Usage: customgpt-widget setup [flags]

Takes your key of CustomGPT.ai, lets you choose an agent or make one from your site, and writes .env for the proxy.
It asks for what it needs; with these flags it asks less, and without a terminal it asks nothing.

  --key-file PATH      file with the key (a key on the command line could be read by others on this machine);
                       or CUSTOMGPT_API_KEY in the environment
  --agent ID           the agent that answers
  --create-from URL    makes an agent from a site's pages: its address, or that of its sitemap
  --name NAME          the new agent's name
  --no-wait            does not wait until the agent has read its pages
  --site URL           a site that the chat will stand on; may be given more than once
  --budget NUMBER      the most questions a month that you want to pay for
  --address URL        where browsers will reach the proxy
  --ask QUESTION       asks the agent one question at the end, which costs a query
  --yes                takes the usual answer wherever there is one
  --json               prints the outcome as JSON, and all else on the error output`;

/** What the owner has given cannot be used; the message is a sentence that says what can. */
export class WrongInput extends Error {
  override readonly name = "WrongInput";
}

/** Throws an error whose message is a sentence. */
export function readWishes(words: readonly string[]): Wishes | "help" {
  const { values } = parseArgs({
    args: [...words],
    options: {
      "key-file": { type: "string" },
      agent: { type: "string" },
      "create-from": { type: "string" },
      name: { type: "string" },
      "no-wait": { type: "boolean" },
      site: { type: "string", multiple: true },
      budget: { type: "string" },
      address: { type: "string" },
      ask: { type: "string" },
      yes: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return "help";
  if (values.agent !== undefined && values["create-from"] !== undefined)
    throw new WrongInput("--agent and --create-from cannot both be given.");
  return {
    keyFile: values["key-file"] ?? null,
    agent: number("--agent", values.agent),
    createFrom: values["create-from"] ?? null,
    name: values.name?.trim() || null,
    wait: !values["no-wait"],
    sites: values.site ?? [],
    budget: number("--budget", values.budget),
    address: values.address ?? null,
    ask: values.ask?.trim() || null,
    yes: values.yes ?? false,
    json: values.json ?? false,
  };
}

function number(flag: string, given: string | undefined): number | null {
  if (given === undefined) return null;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new WrongInput(`${flag} is "${given}"; it takes a whole number.`);
}
