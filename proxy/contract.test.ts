/** Tests of the proxy against the stand-in over real HTTP, with all known and suspected behaviours of the service. */
import { openBakery } from "./testing/bakery.ts";
import { playContract, type Opening } from "./testing/contract-scenes.ts";
import { playProtocol } from "./testing/protocol-scenes.ts";
import { playResilience } from "./testing/resilience-scenes.ts";

/** For services that say nothing; on a busy machine others may take seconds for a first byte. */
const impatient = { UPSTREAM_FIRST_BYTE_SECONDS: "0.6", UPSTREAM_IDLE_SECONDS: "0.6" };

async function open({ pace, isImpatient = false }: Opening = {}) {
  const bakery = await openBakery(isImpatient ? impatient : {}, pace);
  const isReady = async () => (await bakery.send("GET", "/readyz")).status === 200;
  return { ...bakery, address: bakery.url, isReady };
}

playContract({ open, isConcurrent: true });
playProtocol({ open });
playResilience({ open });
