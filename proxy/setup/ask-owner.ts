/** Fourth step: the sites, the budget and the address, in plain words; each by the rules of its setting. */
import type { Kind } from "../settings/parsers.ts";
import { settingTable } from "../settings/table.ts";
import { webAddress } from "./find-sitemap.ts";
import { WrongInput } from "./read-wishes.ts";
import type { SetupDeps } from "./setup-deps.ts";

export type OwnersAnswers = {
  /** By environment variable. */
  values: Readonly<Record<string, string>>;
  /** Where the proxy will be reached. */
  address: URL;
};

const { allowedOrigins, monthBudget, port } = settingTable;

/** What is wrong with a text for a setting, as a sentence, or null. */
function wrongFor(kind: Kind<unknown>, given: string): string | null {
  const reading = kind.read(given);
  return given === "" || "value" in reading ? null : `That ${reading.wrong}; it takes ${kind.takes}.`;
}

export async function askOwner(deps: SetupDeps): Promise<OwnersAnswers> {
  const { wishes, environment } = deps;
  const values: Record<string, string> = {};
  const sites =
    wishes.sites.length > 0
      ? wishes.sites.map(originOf).join(",")
      : await askForSites(deps, environment[allowedOrigins.name] ?? "");
  if (sites !== "") values[allowedOrigins.name] = sites;
  const budget = wishes.budget?.toString() ?? (await askForBudget(deps, environment[monthBudget.name] ?? ""));
  if (budget !== "") values[monthBudget.name] = budget;
  for (const { name, kind } of [allowedOrigins, monthBudget]) {
    const wrong = wrongFor(kind, values[name] ?? "");
    if (wrong) throw new WrongInput(`${name}: ${wrong}`);
  }
  return { values, address: await addressOf(deps) };
}

/** A page's address is meant as its site. */
const originOf = (written: string) =>
  written.includes("*") ? written.trim() : (webAddress(written.trim())?.origin ?? written.trim());

async function askForSites({ terminal, wishes }: SetupDeps, saved: string): Promise<string> {
  if (!terminal.isInteractive || wishes.yes) return saved;
  const question = {
    text: `Sites for the chat, with commas between them${saved ? "" : " (empty: only the proxy's own pages)"}`,
    flag: "--site URL",
  };
  const listed = (given: string) =>
    given
      .split(",")
      .filter((each) => each.trim() !== "")
      .map(originOf)
      .join(",");
  return listed(
    await terminal.text(question, saved, (given) => wrongFor(allowedOrigins.kind, listed(given))),
  );
}

async function askForBudget({ terminal, wishes }: SetupDeps, saved: string): Promise<string> {
  if (!terminal.isInteractive || wishes.yes) return saved;
  const question = {
    text: `Most questions a month that you want to pay for${saved ? "" : " (empty: no limit)"}`,
    flag: "--budget NUMBER",
  };
  return terminal.text(question, saved, (given) => wrongFor(monthBudget.kind, given));
}

async function addressOf({ terminal, wishes, environment }: SetupDeps): Promise<URL> {
  const local = `http://127.0.0.1:${environment[port.name]?.trim() || port.fallback}`;
  const isOrigin = (given: string) =>
    webAddress(given) ? null : "That is no web address, such as https://chat.example.com.";
  const question = {
    text: "Where browsers will reach the proxy (empty: on this machine, for now)",
    flag: "--address URL",
  };
  const given =
    wishes.address ??
    (terminal.isInteractive && !wishes.yes ? await terminal.text(question, local, isOrigin) : local);
  const wrong = isOrigin(given);
  if (wrong) throw new WrongInput(`--address: ${wrong}`);
  return new URL(webAddress(given)?.origin ?? local);
}
