/** Sites of single agents: `alias=origin` pairs, several for each alias. */
import { defaultAgent } from "../protocol/paths.ts";
import { listItems, originList, quoted, type Kind } from "./parsers.ts";

/** Each listed agent's origins, written as in ALLOWED_ORIGINS. */
export const agentOrigins: Kind<ReadonlyMap<string, readonly string[]>> = {
  takes:
    'pairs such as "shop=https://shop.example.com,help=https://*.example.org" (an alias again for each site)',
  read(given) {
    const sites = new Map<string, readonly string[]>();
    for (const pair of listItems(given)) {
      const [, alias, origin] = /^([a-z0-9-]{1,40})=(.+)$/.exec(pair) ?? [];
      if (alias === undefined || origin === undefined) return { wrong: `has ${quoted(pair)}` };
      const reading = originList.read(origin);
      if ("wrong" in reading) return reading;
      sites.set(alias, [...(sites.get(alias) ?? []), ...reading.value]);
    }
    return { value: sites };
  },
};

type Sites = {
  readonly agents: ReadonlyMap<string, number>;
  readonly allowedOrigins: readonly string[];
  readonly agentOrigins: ReadonlyMap<string, readonly string[]>;
};

/** Each agent's alias with the sites that may use it, the proxy's own pages aside: its own ones, else those of all. */
export function sitesByAgent({
  agents,
  allowedOrigins,
  agentOrigins,
}: Sites): Map<string, readonly string[]> {
  const aliases = [defaultAgent, ...agents.keys()];
  return new Map(aliases.map((alias) => [alias, agentOrigins.get(alias) ?? allowedOrigins]));
}
