/** Starters and names made from the titles of a site's pages. */
import { expect, it } from "vitest";
import { commonName, ownTitle, startersOf } from "./titles.ts";

it("the site's name is what most titles begin or end with, and nothing where they share nothing", () => {
  expect(commonName(["Delivery – Harbour Books", "Contact – Harbour Books", "Home"])).toBe("Harbour Books");
  expect(commonName(["Harbour | Delivery", "Harbour | Contact"])).toBe("Harbour");
  expect(commonName(["Delivery", "Contact", "Opening hours"])).toBeNull();
  expect(commonName(["Delivery – Harbour Books"])).toBeNull();
});

it("a title is shown without the site's name, unless it is that name", () => {
  expect(ownTitle("Delivery – Harbour Books", "harbour books")).toBe("Delivery");
  expect(ownTitle("Mail-order – how it works | Shop", "Shop")).toBe("Mail-order – how it works");
  expect(ownTitle("Harbour Books", "Harbour Books")).toBe("Harbour Books");
  expect(ownTitle("A mail-order shop", "Shop")).toBe("A mail-order shop");
});

it("starters are titles of pages near the front page, each once, neither too short nor too long to ask", () => {
  const page = (path: string, title: string) => ({ url: `https://shop.test${path}`, title });
  const pages = [
    page("/", "Welcome"),
    page("/blog/2020/old", "An old story | Shop"),
    page("/delivery", "Delivery | Shop"),
    page("/delivery-2", "Delivery | Shop"),
    page("/x", "FAQ"),
    page("/y", "A title that goes on and on until nobody would ever ask about it any more | Shop"),
    page("/z", "https://shop.test/z"),
    page("/home", "Shop"),
    page("/hours", "Opening hours | Shop"),
  ];
  expect(startersOf(pages, "Shop", 4)).toEqual(["Delivery", "Opening hours", "An old story"]);
  expect(startersOf(pages, "Shop", 1)).toEqual(["Delivery"]);
});
