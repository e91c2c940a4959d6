/** A site's relay as a place of the contract's scenes: each has a service and settings of its own. */
import { readFileSync } from "node:fs";
import type { ContractPlace } from "../../../proxy/testing/contract-scenes.ts";
import { key, startBakeryService, type Pace } from "../../../proxy/testing/bakery.ts";
import {
  startHostileUpstream,
  type HostileUpstream,
} from "../../../proxy/attacks/testing/hostile-upstream.ts";
import { createExchange, type Exchange } from "../../../proxy/testing/exchange.ts";
import { testedVersion } from "./tested-version.ts";
import { startWordPress, type SiteOptions, type WordPressSite } from "./wordpress-site.ts";

/** A site that relays questions itself, whose settings `openRelay` gives. */
export type RelaySite = WordPressSite & {
  /** The relay's address, as the widget's `data-proxy`. */
  relay: string;
  /** Has requests to the address that it returns, and those to `relay`, find these settings. */
  set(settings: Readonly<Record<string, unknown>>): string;
};

export async function startRelaySite(
  database: SiteOptions["database"] = "sqlite",
  more: Pick<SiteOptions, "hasPageCache"> = {},
): Promise<RelaySite> {
  const constants = { CUSTOMGPT_API_KEY: key };
  const site = await startWordPress(testedVersion, { database, fpmWorkers: 5, constants, ...more });
  let places = 0;
  site.addFile(
    "wp-content/mu-plugins/places.php",
    readFileSync(new URL("places.php", import.meta.url), "utf8"),
  );
  site.addFile("wp-content/relay.json", "{}");
  site.activatePlugin();
  site.php("update_option( 'customgpt_widget', array( 'connection' => 'relay' ) );");
  return {
    ...site,
    relay: `${site.address}wp-json/customgpt-widget`,
    set(given) {
      places++;
      for (const file of ["relay.json", `relay.json.${places}`])
        site.addFile(`wp-content/${file}`, JSON.stringify(given));
      return `${site.address}index.php?place=${places}&rest_route=/customgpt-widget`;
    },
  };
}

/** Short patience with the service, no limit of questions. */
const usual = {
  firstByte: 0.6,
  idle: 0.6,
  streams: 4,
  visitorLimit: [],
  addressLimit: [],
  newVisitorLimit: [],
  readLimit: [],
  dayBudget: null,
  proofOfWork: "never",
};

/** A relay with a hostile service behind it, which believes a server in front of it. */
export async function besiegeRelay(
  site: RelaySite,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Exchange & { address: string; upstream: HostileUpstream }> {
  const upstream = await startHostileUpstream();
  const address = site.set({ ...usual, base: upstream.base, project: 7, trustProxy: 1, ...settings });
  return { ...createExchange(address), address, upstream };
}

/** A relay with the bakery behind it. Its address has the form of sites without permalinks. */
export async function openRelay(
  site: RelaySite,
  settings: Readonly<Record<string, unknown>> = {},
  pace?: Pace,
): Promise<ContractPlace> {
  const service = await startBakeryService(pace);
  const address = site.set({
    base: service.base,
    project: service.project,
    ...usual,
    ...settings,
  });
  return {
    ...createExchange(address),
    address,
    standin: service.standin,
    close: () => service.close(),
  };
}
