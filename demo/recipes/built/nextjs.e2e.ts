/** An app built by Next.js from the recipe's own text. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { visitBothPages, wellVisited } from "../testing/visit-both-pages.ts";
import { openWorkshop, type Workshop } from "../testing/workshop.ts";

let shop: Workshop;

const pageWith = (heading: string, href: string, link: string) => `import Link from "next/link";
export default function Page() {
  return <main><h1>${heading}</h1><Link href="${href}">${link}</Link></main>;
}
`;

beforeAll(async () => {
  shop = await openWorkshop("nextjs");
});
afterAll(() => shop.close());

async function build(layout: string): Promise<void> {
  shop.write({
    // The packages are in the folder above.
    "next.config.mjs": `export default { output: "export", turbopack: { root: ${JSON.stringify(`${shop.folder}/..`)} } };`,
    "app/layout.jsx": layout,
    "app/page.jsx": pageWith("The first page", "/next", "To the next page"),
    "app/next/page.jsx": pageWith("The next page", "/", "To the first page"),
  });
  await shop.run("next/dist/bin/next", ["build"]);
  shop.serve("out");
}

it("an app with the printed layout has one chat, which stays through the router's navigation", async () => {
  await build(shop.printed("app/layout.jsx"));
  expect(await visitBothPages(await shop.enter("/"))).toMatchObject({ ...wellVisited, isRouted: true });
});

it("options on the component arrive", async () => {
  await build(shop.printed("app/layout.jsx").replace("<Script ", '<Script data-color="#7a3cff" '));
  const { chat, context, complaints } = await shop.enter("/");
  await chat.launcher.waitFor({ state: "visible" });
  expect(await chat.launcher.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(
    "rgb(122, 60, 255)",
  );
  expect(complaints).toEqual([]);
  await context.close();
});
