/** Where pages of a site that the operator named can lead to: never from the internet into a private network. */
import type { LookupAddress } from "node:dns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSite } from "../../standin/crawler/read-site.ts";
import { sitemapOf, startTestSite, type TestSite } from "../../standin/crawler/testing/test-site.ts";
import type { Resolve } from "../../upstream/transport/public-address.ts";
import { openSiteNetwork } from "./site-network.ts";

let site: TestSite;
beforeEach(async () => {
  site = await startTestSite({ "/": "<title>Front</title><p>Books.</p>", "/a": "<p>More books.</p>" });
});
afterEach(() => site.close());

/** Names with their addresses; a function is asked at each look-up. */
type Names = Record<string, string | (() => string)>;

function resolving(names: Names): Resolve {
  return (hostname, _, callback) => {
    const found = names[hostname] ?? (/^[\d.]+$/.test(hostname) ? hostname : undefined);
    const address = typeof found === "function" ? found() : found;
    const list: LookupAddress[] = address ? [{ address, family: 4 }] : [];
    if (list.length > 0) callback(null, list);
    else callback(Object.assign(new Error(`ENOTFOUND ${hostname}`), { code: "ENOTFOUND" }), []);
  };
}

async function read(host: string, names: Names) {
  const address = new URL(`http://${host}:${site.port}/`);
  const network = await openSiteNetwork(address, resolving(names));
  try {
    return await readSite({
      address,
      network,
      maxPages: 10,
      clock: () => 0,
      sleep: () => Promise.resolve(),
      report() {},
      ending: new AbortController().signal,
    });
  } finally {
    await network.close();
  }
}

const here = "127.0.0.1";
/** Public, and nobody answers there. */
const outside = "8.8.8.8";

describe("a site that the operator named", () => {
  it("may be on this machine, by its name or its address, and hears who reads it", async () => {
    expect((await read("shop.test", { "shop.test": here })).read).toBe(1);
    expect((await read(here, {})).read).toBe(1);
    expect(site.requests[0]).toMatchObject({ host: "shop.test", path: "/robots.txt" });
    expect(site.requests[0]?.userAgent).toMatch(/^customgpt-widget\/.*robots\.txt/);
  });

  it("is the same with and without www., and no other host is", async () => {
    site.replies["shop.test/"] = { status: 301, headers: { location: `http://www.shop.test:${site.port}/` } };
    const other = `http://blog.shop.test:${site.port}/a`;
    site.replies["/sitemap.xml"] = { body: sitemapOf([`http://shop.test:${site.port}/a`, other]) };
    const names = { "shop.test": here, "www.shop.test": here, "blog.shop.test": here };
    const { pages, address, leftOut } = await read("shop.test", names);
    expect(address.hostname).toBe("www.shop.test");
    expect(pages).toHaveLength(2);
    expect(Object.fromEntries(leftOut)).toEqual({ "is on another site": 1 });
    expect(site.requests.map(({ host }) => host)).not.toContain("blog.shop.test");
  });
});

describe("83: a public site leads to nothing inside a private network", () => {
  const refusal = (host: string, names: Names) =>
    read(host, names).then(
      () => "it was read",
      (error: unknown) => String(error),
    );

  it("by a name that means another address after the first look", async () => {
    let looks = 0;
    const rebound = () => (looks++ === 0 ? outside : here);
    expect(await refusal("shop.test", { "shop.test": rebound })).toContain("leads into a private network");
    expect(looks).toBeGreaterThan(1);
    expect(site.requests).toEqual([]);
  });

  it("by its other name", async () => {
    const network = await openSiteNetwork(
      new URL("http://shop.test"),
      resolving({ "shop.test": outside, "www.shop.test": here }),
    );
    const inside = new URL(`http://www.shop.test:${site.port}/`);
    await expect(network.fetchPage(inside, new AbortController().signal)).rejects.toThrow(
      "not on the open internet",
    );
    await network.close();
    expect(site.requests).toEqual([]);
  });

  it("by an address in numbers, or a name that is valid inside only", async () => {
    const network = await openSiteNetwork(new URL("http://shop.test"), resolving({ "shop.test": outside }));
    for (const host of [
      "127.0.0.1",
      "10.0.0.1",
      "[::1]",
      "169.254.169.254",
      "localhost",
      "metadata.internal",
    ])
      expect(network.mayFetch(new URL(`http://${host}/`)), host).toBe(false);
    expect(network.mayFetch(new URL("http://shop.test/"))).toBe(true);
    await network.close();
  });

  it("by having addresses of both kinds", async () => {
    const both: Resolve = (_hostname, _options, callback) =>
      callback(null, [
        { address: here, family: 4 },
        { address: outside, family: 4 },
      ]);
    const address = new URL(`http://shop.test:${site.port}/`);
    const network = await openSiteNetwork(address, both);
    expect(network.privateAddresses).toEqual([]);
    await expect(network.fetchPage(address, new AbortController().signal)).rejects.toThrow(
      "not on the open internet",
    );
    await network.close();
  });
});

it("83: a site inside a private network leads to no other address inside", async () => {
  let looks = 0;
  const moving = () => (looks++ === 0 ? "10.1.1.1" : here);
  const network = await openSiteNetwork(new URL("http://wiki.test"), resolving({ "wiki.test": moving }));
  expect(network.privateAddresses).toEqual(["10.1.1.1"]);
  expect(network.mayFetch(new URL("http://10.1.1.1/"))).toBe(true);
  expect(network.mayFetch(new URL("http://10.1.1.2/"))).toBe(false);
  const address = new URL(`http://wiki.test:${site.port}/`);
  await expect(network.fetchPage(address, new AbortController().signal)).rejects.toThrow(
    "not on the open internet",
  );
  await network.close();
  expect(site.requests).toEqual([]);
});
