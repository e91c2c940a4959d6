/** Tests of the relay in a real WordPress with the same scenes as the proxy, on SQLite and on MariaDB. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playContract, type Opening } from "../../../proxy/testing/contract-scenes.ts";
import { playProtocol } from "../../../proxy/testing/protocol-scenes.ts";
import { playResilience } from "../../../proxy/testing/resilience-scenes.ts";
import { openRelay, startRelaySite, type RelaySite } from "../testing/relay-place.ts";
import { testedDatabases } from "../testing/tested-version.ts";

describe.each(testedDatabases)("on %s", (database) => {
  let site: RelaySite;
  beforeAll(async () => {
    site = await startRelaySite(database);
  });
  afterAll(() => site.stop());

  const open = ({ pace }: Opening = {}) => openRelay(site, {}, pace);
  playContract({ open, isConcurrent: false });
  playProtocol({ open });
  playResilience({ open });

  it("PHP complains of nothing", () => {
    expect(site.complaints()).toBe("");
  });
});
