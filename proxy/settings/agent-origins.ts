/** The sites of single agents: `alias=origin` pairs, an alias as often as it has sites. */
import { listItems, originList, quoted, type Kind } from "./kinds.ts";

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
