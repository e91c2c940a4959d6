/** Tests of the recipes as readers of the guide meet them. */
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { createSite } from "../site/site.ts";
import { pathOf, recipes } from "./recipes.ts";
import { exampleProxy, tag } from "./tag.ts";
import { printed } from "./testing/printed.ts";

const origin = "https://guide.example.test";
const site = createSite({ origin: () => origin, scripts: new Map() });
const pageAt = async (path: string) => (await (await site.fetch(new Request(origin + path)))?.text()) ?? "";

const article = (html: string) => /<article>([\s\S]*)<\/article>/.exec(html)?.[1] ?? "";
const wordsOf = (html: string) =>
  article(html)
    .replace(/<pre[\s\S]*?<\/pre>/g, " ")
    .replace(/<[^>]+>/g, "")
    .split(/\s+/)
    .filter(Boolean);

describe.each(recipes.map((recipe) => [recipe.name, recipe] as const))("the recipe for %s", (_, recipe) => {
  it("is read in a minute: 80 to 200 words", async () => {
    const { length } = wordsOf(await pageAt(pathOf(recipe)));
    expect(length).toBeGreaterThanOrEqual(80);
    expect(length).toBeLessThanOrEqual(200);
  });

  it("says where to paste, prints what to paste, and says how to see that it works", async () => {
    const html = await pageAt(pathOf(recipe));
    expect(html).toContain(`Where do I paste the tag in ${recipe.name}?`);
    expect(html).toContain("How do I see that it works?");
    const texts = recipe.paste.map(({ place }) => printed(html, place));
    expect(texts).toEqual(recipe.paste.map(({ text }) => text));
    expect(texts.join("\n")).toContain(`${exampleProxy}/widget.js`);
  });

  it("is one click from the overview, and the overview one click from it", async () => {
    expect(article(await pageAt("/recipes"))).toContain(`href="${pathOf(recipe)}"`);
    const html = await pageAt(pathOf(recipe));
    expect(article(html)).toContain('href="/recipes"');
    expect(html.match(/<a href="\/recipes" aria-current="true">/g)).toHaveLength(2);
  });
});

it("each platform has a page of its own", () => {
  const names = recipes.map(({ slug }) => slug);
  expect(new Set(names).size).toBe(names.length);
  expect(names.toSorted().join(" ")).toBe(
    "astro docusaurus drupal ghost google-tag-manager html hugo joomla nextjs shopify squarespace webflow wix",
  );
});

it("the tag is the same in the README, on the first pages and in the recipes", async () => {
  expect(readFileSync("README.md", "utf8")).toContain(tag);
  for (const path of ["/", "/embed"]) expect(printed(await pageAt(path))).toBe(tag);
});

it("what a tag manager is given is in a syntax that it takes", async () => {
  const text = printed(await pageAt("/recipes/google-tag-manager"));
  expect(text).not.toMatch(/=>|`|\b(?:const|let|class)\b|\?\.|document\.write/);
});
