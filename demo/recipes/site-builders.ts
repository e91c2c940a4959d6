/** Recipes for site builders: Shopify, Wix, Squarespace, Webflow and Ghost. */
import type { Recipe } from "./recipe.ts";
import { tag } from "./tag.ts";
import { ghostRelease } from "./versions.ts";

const imitated = (name: string) =>
  `The tests run it in a page that treats the tag as ${name} does; ${name} itself was out of reach.`;

export const siteBuilders: readonly Recipe[] = [
  {
    slug: "shopify",
    name: "Shopify",
    kind: "Site builders",
    where: "in the theme's layout file, before `</body>`",
    steps: [
      "In the admin, go to Online Store, Themes. At your theme, choose Edit code.",
      "Open `layout/theme.liquid`.",
      "Paste the tag directly above `</body>`, and save.",
    ],
    paste: [{ place: "layout/theme.liquid", text: tag }],
    check: "Look at the storefront itself, at each of its domains: all of them belong into the setting.",
    trap: {
      question: "Why is the chat missing at the checkout or in a new theme?",
      answer:
        "The checkout does not use the theme's layout, so there is no chat. The tag belongs to one theme: when you publish another one, or replace yours by a newer version, paste it again. Custom Liquid blocks put it on single pages only.",
    },
    tried: imitated("Shopify"),
  },
  {
    slug: "wix",
    name: "Wix",
    kind: "Site builders",
    where: "custom code, at the end of the body",
    steps: [
      "Publish the site and connect a domain; Wix offers custom code only then.",
      "In the dashboard, go to Settings, Custom Code, and add a snippet.",
      "Paste the tag. Choose all pages, loaded once, placed at the end of the body.",
    ],
    paste: [{ place: "Settings, Custom Code", text: tag }],
    check: "Editor and preview do not run custom code, so look at the published site.",
    trap: {
      question: "Why not in an embedded HTML element?",
      answer:
        "An embedded HTML element is a frame of its own. The button would stay inside that frame, at another address than your site's, and could not float above the page. Custom code is part of the page itself.",
    },
    tried: imitated("Wix"),
  },
  {
    slug: "squarespace",
    name: "Squarespace",
    kind: "Site builders",
    where: "code injection, footer",
    steps: [
      "In the site's settings, open Code Injection. Not every plan has it.",
      "Paste the tag into the field Footer, and save.",
    ],
    paste: [{ place: "Code Injection, Footer", text: tag }],
    check:
      "Look at the published site, and list your own domain as well as the built-in one that ends in `squarespace.com`.",
    trap: {
      question: "Does the chat survive Ajax loading?",
      answer:
        "Yes. Some older templates fetch the next page and put its content in place, without running the scripts of the footer again. The widget needs to run only once: it sees that its element was taken out and puts it back, with the conversation. There is no need to switch Ajax loading off.",
    },
    tried: imitated("Squarespace"),
  },
  {
    slug: "webflow",
    name: "Webflow",
    kind: "Site builders",
    where: "custom code, footer",
    steps: [
      "In the site settings, open Custom Code. It needs a paid plan.",
      "Paste the tag into the field Footer code, and save.",
      "Publish the site.",
    ],
    paste: [{ place: "Custom Code, Footer code", text: tag }],
    check: "Try the staging address that ends in `webflow.io` too; it needs its own entry.",
    trap: {
      question: "Why does the chat not work in the preview?",
      answer:
        "The preview shows your site at another address, below `canvas.webflow.com`. Unless `ALLOWED_ORIGINS` lists it, the chat says there that it is not available. Page transitions made with Barba or Swup are no problem: the chat is at the end of the body, outside the part that they replace.",
    },
    tried: imitated("Webflow"),
  },
  {
    slug: "ghost",
    name: "Ghost",
    kind: "Site builders",
    where: "code injection, site footer",
    steps: [
      "In Ghost's settings, open Code injection.",
      "Paste the tag into Site footer, and save. For a single post or page, use the code injection in its own settings instead.",
    ],
    paste: [{ place: "Code injection, Site footer", text: tag }],
    check: "Visit a post as well as the front page.",
    trap: {
      question: "What if the chat does not appear with my theme?",
      answer:
        "Ghost prints the footer where the theme says `{{ghost_foot}}`, which belongs before `</body>` in the theme's `default.hbs`. Ghost's own check of themes, `gscan`, warns of a theme without it. Add that line to a theme of your own that lacks it.",
    },
    tried: `The tests put it into the themes of Ghost ${ghostRelease}, where \`gscan\` finds the place; Ghost itself was not started.`,
  },
];
