/** A site built by Astro from the recipe's own text. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { visitBothPages, wellVisited } from "../testing/visit-both-pages.ts";
import { openWorkshop, type Workshop } from "../testing/workshop.ts";

let shop: Workshop;

beforeAll(async () => {
  shop = await openWorkshop("astro");
});
afterAll(() => shop.close());

const pageWith = (heading: string, href: string, link: string) => `---
import Layout from "../layouts/Layout.astro";
---
<Layout><h1>${heading}</h1><a href="${href}">${link}</a></Layout>
`;

/** The layout of a new site, with the tag in its head or at the end of its body. */
const layoutWith = (head: string, body: string, hasRouter: boolean) => `---
import { ClientRouter } from "astro:transitions";
---
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A site</title>
    ${hasRouter ? "<ClientRouter />" : ""}
    ${head}
  </head>
  <body><slot />${body}</body>
</html>
`;

it.each([
  ["with view transitions", true, "head"],
  ["with view transitions and the tag in the body", true, "body"],
  ["without them", false, "head"],
])("a site %s has one chat, whose conversation goes along", async (_, hasRouter, place) => {
  const tag = shop.printed("src/layouts/Layout.astro");
  shop.write({
    "astro.config.mjs": "export default {};",
    "src/layouts/Layout.astro": layoutWith(
      place === "head" ? tag : "",
      place === "body" ? tag : "",
      hasRouter,
    ),
    "src/pages/index.astro": pageWith("The first page", "/next", "To the next page"),
    "src/pages/next.astro": pageWith("The next page", "/", "To the first page"),
  });
  await shop.run("astro/astro.js", ["build"]);
  shop.serve("dist");
  expect(await visitBothPages(await shop.enter("/"))).toMatchObject({ ...wellVisited, isRouted: hasRouter });
});
