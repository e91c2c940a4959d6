/** Check of the settings for gaps that matter on the public internet. */
import type { Settings } from "../settings/table.ts";
import { sitesByAgent } from "../settings/agent-origins.ts";
import { hidesVisitors } from "../settings/front-server.ts";
import { isLoopback } from "../settings/parsers.ts";
import type { ReadSettings } from "../settings/read-settings.ts";
import { ok, problem, warning, type Finding } from "./finding.ts";

export function checkSettings(read: ReadSettings): Finding[] {
  if ("errors" in read)
    return read.errors.map((line) => problem("settings", line, "Correct it; the proxy would not start."));
  const { settings, warnings } = read;
  const found = [
    ...warnings.map((line) => warning("settings", line, "Correct the name, or leave it out.")),
    ...missing(settings),
  ];
  return found.length > 0 ? found : [ok("settings", "All settings can be used.")];
}

function missing(settings: Settings): Finding[] {
  const found: Finding[] = [];
  if (settings.apiKey === null)
    found.push(
      problem(
        "key",
        "No key is set, so the proxy would not start.",
        "Set CUSTOMGPT_API_KEY and CUSTOMGPT_PROJECT_ID.",
      ),
    );
  if (settings.proxySecret === null)
    found.push(
      warning(
        "secret",
        "PROXY_SECRET is not set, so no conversation survives a restart.",
        "Set it to what `openssl rand -base64 32` prints.",
      ),
    );
  found.push(...withoutSites(settings));
  if (settings.apiKey !== null && settings.dayBudget === null && settings.monthBudget === null)
    found.push(
      warning(
        "budget",
        "No budget is set, so only the limits bound what visitors can spend.",
        "Set MONTH_BUDGET, or DAY_BUDGET, to the most questions you want to pay for.",
      ),
    );
  if (!isLoopback(settings.host) && settings.trustProxy === 0)
    found.push(
      warning(
        "front server",
        `HOST is ${settings.host} and TRUST_PROXY is 0: behind a front server all visitors would share one address's limits.`,
        "Set TRUST_PROXY to the number of your own servers in front; leave it at 0 if there is none.",
      ),
    );
  if (hidesVisitors(settings))
    found.push(
      warning(
        "front server",
        `HOST is ${settings.host}, so visitors come through a front server, but TRUST_PROXY is 0: they all share one address's limits.`,
        "Set TRUST_PROXY to the number of your own servers in front.",
      ),
    );
  return found;
}

function withoutSites(settings: Settings): Finding[] {
  const sites = sitesByAgent(settings);
  const alone = Array.from(sites.keys()).filter((alias) => sites.get(alias)?.length === 0);
  const mend = "List your sites in ALLOWED_ORIGINS, such as https://www.example.com.";
  if (alone.length === sites.size)
    return [warning("origins", "No other site may use the proxy, only pages of its own address.", mend)];
  return alone.map((alias) =>
    warning(
      "origins",
      `No other site may use the agent "${alias}", only pages of the proxy's own address.`,
      mend,
    ),
  );
}
