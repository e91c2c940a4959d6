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

async function build(layout: string, isStatic = true): Promise<void> {
  // The packages are in the folder above.
  const config = { ...(isStatic && { output: "export" }), turbopack: { root: `${shop.folder}/..` } };
  shop.write({
    "next.config.mjs": `export default ${JSON.stringify(config)};`,
    "app/layout.jsx": layout,
    "app/page.jsx": pageWith("The first page", "/next", "To the next page"),
    "app/next/page.jsx": pageWith("The next page", "/", "To the first page"),
  });
  await shop.run("next/dist/bin/next", ["build"]);
  if (isStatic) shop.serve("out");
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

/** A policy with a new nonce for each page, as Next.js' guide has it; next to nothing else is allowed. */
const proxyWith = (chat: string) => `import { NextResponse } from "next/server";
export function proxy(request) {
  const nonce = crypto.randomUUID();
  const policy = "default-src 'none'; script-src 'nonce-" + nonce + "' 'strict-dynamic'; style-src 'self'; " +
    "connect-src 'self' ${chat}; img-src 'self' ${chat}; base-uri 'none'";
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}
`;

it("under a policy with a nonce the printed layout works as it is, and nothing is violated", async () => {
  const printed = shop.printed("app/layout.jsx");
  const chat = new URL(/src="([^"]+)"/.exec(printed)?.[1] ?? "").origin;
  shop.write({ "proxy.js": proxyWith(chat) });
  await build(`${printed}\nexport const dynamic = "force-dynamic";\n`, false);
  await shop.start("next/dist/bin/next", ["start"]);
  expect(await visitBothPages(await shop.enter("/"))).toMatchObject({ ...wellVisited, isRouted: true });
});
