/** The guide's page for WordPress: its words are the plugin's own, and its pictures are small and as large as it says. */
import { readdirSync, readFileSync } from "node:fs";
import { parseDocument } from "htmlparser2";
import { expect, it } from "vitest";
import { createSite } from "../site/site.ts";

const origin = "https://guide.example.test";
const site = createSite({ origin: () => origin, scripts: new Map() });
const get = (path: string) => site.fetch(new Request(new URL(path, origin)));
const html = (await (await get("/wordpress"))?.text()) ?? "";
const article = /<article>([\s\S]*)<\/article>/.exec(html)?.[1] ?? "";

type Node = ReturnType<typeof parseDocument>["children"][number];
const imagesIn = (nodes: readonly Node[]): Record<string, string>[] =>
  nodes.flatMap((node) => [
    ...("attribs" in node && node.name === "img" ? [node.attribs] : []),
    ...("children" in node ? imagesIn(node.children) : []),
  ]);
const images = imagesIn(parseDocument(article).children);

/** What WordPress itself says on its buttons and in its menu. */
const wordpressOwn =
  /^(?:Plugins|Add Plugin|Upload Plugin|Choose File|Install Now|Activate Plugin|Deactivate|Delete|Settings|Privacy|Tools|Site Health|Save Changes|\+)$/;

it("names buttons and fields as the plugin does", () => {
  const files = readdirSync("widget/wordpress", { recursive: true, encoding: "utf8" });
  const plugin = files
    .filter((name) => /\.(?:php|js|json)$/.test(name))
    .map((name) => readFileSync(`widget/wordpress/${name}`, "utf8"))
    .join("\n");
  const named = [...article.matchAll(/<strong>([^<]+)<\/strong>/g)].map(([, words = ""]) =>
    words.replace(/\s+/g, " "),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((words) => !wordpressOwn.test(words) && !plugin.includes(words))).toEqual([]);
});

it("has pictures that say what they show, small enough for a slow line, each as large as its place", async () => {
  expect(images.length).toBeGreaterThanOrEqual(4);
  let total = 0;
  for (const { src = "", alt = "", width, height } of images) {
    expect(alt.length).toBeGreaterThan(40);
    const response = await get(src);
    expect([src, response?.status]).toEqual([src, 200]);
    expect(response?.headers.get("content-type")).toBe("image/webp");
    const bytes = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(bytes.toString("latin1", 8, 16)).toBe("WEBPVP8X");
    // The file says its size less one. Screens with fine dots get 1.6 of the file's to each of the page's.
    const [wide, high] = [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    expect([src, Math.round(wide / 1.6), Math.round(high / 1.6)]).toEqual([
      src,
      Number(width),
      Number(height),
    ]);
    expect(bytes.length).toBeLessThan(60_000);
    total += bytes.length;
  }
  expect(total).toBeLessThan(300_000);
});
