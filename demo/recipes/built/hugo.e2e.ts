/** A site built by Hugo from the recipe's own text. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { visitBothPages, wellVisited } from "../testing/visit-both-pages.ts";
import { openWorkshop, type Workshop } from "../testing/workshop.ts";

let shop: Workshop;

beforeAll(async () => {
  shop = await openWorkshop("hugo");
});
afterAll(() => shop.close());

const content = '{{ define "main" }}{{ .Content }}{{ end }}';

it.each([
  ["as it is", []],
  ["minified", ["--minify"]],
])("a site %s has one chat, whose conversation goes along", async (_, words) => {
  shop.write({
    "config.toml": 'title = "A site"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n',
    "content/_index.md": "# The first page\n\n[To the next page](/next/)\n",
    "content/next.md": "# The next page\n\n[To the first page](/)\n",
    "layouts/partials/chat.html": shop.printed("layouts/partials/chat.html"),
    "layouts/_default/baseof.html": `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A site</title></head>
<body>{{ block "main" . }}{{ end }}
${shop.printed("layouts/_default/baseof.html")}
</body></html>`,
    "layouts/_default/list.html": content,
    "layouts/_default/single.html": content,
  });
  await shop.run("hugo", ["--quiet", "--cleanDestinationDir", ...words]);
  shop.serve("public");
  expect(await visitBothPages(await shop.enter("/"))).toMatchObject({ ...wellVisited, isRouted: false });
});
