/** Text for the operator after the start: the address, what answers, which sites may ask. */
import { defaultAgent } from "../../protocol/paths.ts";
import type { Settings } from "../../settings/table.ts";
import { hidesVisitors } from "../../settings/front-server.ts";
import type { CheckedAgent } from "../check-agents.ts";

/** Milliseconds that the text waits for the check of the agents; the proxy answers meanwhile. */
export const agentPatience = 4000;

type Started = {
  proxy: { url: string; metricsUrl: string | null };
  settings: Settings;
  /** Result of the check of each agent of the real service. */
  agents: readonly CheckedAgent[];
  /** Lines about the stand-in, if it answers. */
  standin?: readonly string[];
  hasWidget: boolean;
  warnings: readonly string[];
};

/** Lines of plain text; never a secret. */
export function startText({ proxy, settings, agents, standin = [], hasWidget, warnings }: Started): string[] {
  const lines = [`The proxy is ready at ${proxy.url}`, ...standin];
  for (const agent of agents) lines.push(agentLine(agent, settings));
  lines.push(...siteLines(settings));
  if (settings.proxySecret === null)
    lines.push("PROXY_SECRET is not set, so a random one is used: conversations will not survive a restart.");
  if (proxy.metricsUrl !== null) lines.push(`Measurements can be read at ${proxy.metricsUrl}`);
  if (!hasWidget)
    lines.push("The widget's files are not here, so /widget.js is not served; `npm run build` makes them.");
  if (hidesVisitors(settings))
    lines.push(
      "Warning: TRUST_PROXY is 0, so all visitors who come through the server in front share the limits of one address; set it to the number of your own servers in front.",
    );
  for (const warning of warnings) lines.push(`Warning: ${warning}`);
  return lines;
}

function agentLine({ alias, project, trouble, isReady }: CheckedAgent, settings: Settings): string {
  const name = project === settings.project ? "" : ` as "${alias}"`;
  if (!isReady)
    return `Agent ${project} of CustomGPT.ai still reads its pages${name}; it answers once it has read them, without a restart.`;
  return trouble === null
    ? `Agent ${project} of CustomGPT.ai is answering${name}, at ${settings.baseUrl.href}`
    : `Agent ${project} is NOT answering${name}. ${trouble}.`;
}

function siteLines({ agents, allowedOrigins, agentOrigins }: Settings): string[] {
  const may = (what: string, sites: readonly string[]) =>
    `Sites that may use ${what}, besides its own pages: ${sites.join(", ")}`;
  const lines = Array.from(agentOrigins, ([alias, sites]) => may(`the agent "${alias}"`, sites));
  if ([defaultAgent, ...agents.keys()].every((alias) => agentOrigins.has(alias))) return lines;
  const rest = lines.length === 0 ? "it" : "the other agents";
  const theirs =
    allowedOrigins.length > 0
      ? may(rest, allowedOrigins)
      : `Only pages from its own address may use ${rest}; set ALLOWED_ORIGINS to let your site in.`;
  return [...lines, theirs];
}
