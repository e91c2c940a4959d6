/** The pages of the site in the order of its navigation. */
import accessibility from "../accessibility/page.html?raw";
import { drawOverview, drawRecipe } from "../recipes/recipe-page.ts";
import { pathOf, recipes } from "../recipes/recipes.ts";
import embed from "../embed/page.html?raw";
import faq from "../faq/page.html?raw";
import gallery from "../gallery/page.html?raw";
import home from "../home/page.html?raw";
import options from "../options/page.html?raw";
import proxy from "../proxy/page.html?raw";
import script from "../script/page.html?raw";
import security from "../security/page.html?raw";
import wordpress from "../wordpress/page.html?raw";
import { drawPicture } from "./pictures.ts";

export type Page = {
  path: string;
  /** The page's short name in the navigation. */
  label: string;
  group: "Start" | "Reference" | "Help";
  /** Path of the page that leads here, for a page that the navigation does not list. */
  below?: string;
  /** Content as written, opened by a comment with the page's title and description. */
  source: string;
  /** False keeps the page out of the sitemap, and so out of what the agent knows. */
  listed: boolean;
  /** A module of the page's own. */
  module?: string;
  /** Gives the content the whole width, with the navigation in the menu only. */
  wide?: true;
};

export const pages: readonly Page[] = [
  { path: "/", label: "What it is", group: "Start", source: home, listed: true },
  { path: "/embed", label: "Put it on a site", group: "Start", source: embed, listed: true },
  {
    path: "/wordpress",
    label: "WordPress",
    group: "Start",
    source: wordpress.replace(/<!-- picture: (\S+) -->/g, (_, name: string) => drawPicture(name)),
    listed: true,
  },
  { path: "/recipes", label: "Recipes", group: "Start", source: drawOverview(), listed: true },
  ...recipes.map((recipe): Page => ({
    path: pathOf(recipe),
    label: recipe.name,
    group: "Start",
    below: "/recipes",
    source: drawRecipe(recipe),
    listed: true,
  })),
  { path: "/proxy", label: "Run the proxy", group: "Start", source: proxy, listed: true },
  { path: "/options", label: "Options", group: "Reference", source: options, listed: true },
  { path: "/script", label: "JavaScript", group: "Reference", source: script, listed: true },
  { path: "/security", label: "Security", group: "Reference", source: security, listed: true },
  { path: "/accessibility", label: "Accessibility", group: "Reference", source: accessibility, listed: true },
  { path: "/faq", label: "Questions and answers", group: "Help", source: faq, listed: true },
  {
    path: "/gallery",
    label: "Gallery",
    group: "Help",
    source: gallery,
    listed: false,
    module: "/gallery.js",
    wide: true,
  },
];
