/** A site built by Hugo from the recipe's own text. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { visitBothPages, wellVisited } from "../testing/visit-both-pages.ts";
import { openWorkshop, type Workshop } from "../testing/workshop.ts";

let shop: Workshop;

beforeAll(async () => {
  shop = await openWorkshop("hugo");
});
afterAll(() => shop.close());

const content = '{{ define "main" }}{{ .Content }}{{ end }}';

/** Files of a site whose base template calls the partial like this. */
const filesWith = (call: string) => ({
  "config.toml": 'title = "A site"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n',
  "content/_index.md": "# The first page\n\n[To the next page](/next/)\n",
  "content/next.md": "# The next page\n\n[To the first page](/)\n",
  "layouts/partials/chat.html": shop.printed("layouts/partials/chat.html"),
  "layouts/_default/baseof.html": `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A site</title></head>
<body>{{ block "main" . }}{{ end }}
${call}
</body></html>`,
  "layouts/_default/list.html": content,
  "layouts/_default/single.html": content,
});

it.each([
  ["as it is", []],
  ["minified", ["--minify"]],
])("a site %s has one chat, whose conversation goes along", async (_, words) => {
  shop.write(filesWith(shop.printed("layouts/_default/baseof.html")));
  await shop.run("hugo", ["--quiet", "--cleanDestinationDir", ...words]);
  shop.serve("public");
  expect(await visitBothPages(await shop.enter("/"))).toMatchObject({ ...wellVisited, isRouted: false });
});

it.each([
  ["production", 1],
  ["development", 0],
])(
  "where pages are without the chat while they are written, a build for %s has %d tags",
  async (name, count) => {
    const call = shop.printed("layouts/_default/baseof.html");
    shop.write(filesWith(`{{ if hugo.IsProduction }}${call}{{ end }}`));
    await shop.run("hugo", ["--quiet", "--cleanDestinationDir", "--environment", name]);
    const html = readFileSync(`${shop.folder}/public/index.html`, "utf8");
    expect(html.split("widget.js")).toHaveLength(count + 1);
  },
);
