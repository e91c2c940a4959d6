/** A site built by Docusaurus from the recipe's own text. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { visitBothPages, wellVisited } from "../testing/visit-both-pages.ts";
import { openWorkshop, type Workshop } from "../testing/workshop.ts";

let shop: Workshop;

beforeAll(async () => {
  shop = await openWorkshop("docusaurus");
});
afterAll(() => shop.close());

it("a site has one chat, which stays through the router's navigation", async () => {
  shop.write({
    "package.json": "{}",
    "docusaurus.config.js": `export default {
  title: "A site",
  url: ${JSON.stringify(shop.address)},
  baseUrl: "/",
  presets: [["classic", { docs: { routeBasePath: "/", sidebarPath: undefined }, blog: false }]],
  ${shop.printed("docusaurus.config.js")}
};`,
    "docs/index.md": "---\nslug: /\n---\n# The first page\n\n[To the next page](next.md)\n",
    "docs/next.md": "# The next page\n\n[To the first page](index.md)\n",
  });
  await shop.run("@docusaurus/core/bin/docusaurus.mjs", ["build"]);
  shop.serve("build");
  expect(await visitBothPages(await shop.enter("/"))).toMatchObject({ ...wellVisited, isRouted: true });
});
