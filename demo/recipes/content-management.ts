/** Recipes for content management systems: Drupal and Joomla. */
import type { Recipe } from "./recipe.ts";
import { script, tag } from "./tag.ts";

export const contentManagement: readonly Recipe[] = [
  {
    slug: "drupal",
    name: "Drupal",
    kind: "Content management systems",
    where: "a library of your theme",
    steps: [
      "Add the library `chat` to your theme's `libraries.yml`, and name it in the theme's `info.yml`. The theme is called `mytheme` here.",
      "Clear the caches.",
    ],
    paste: [
      {
        place: "mytheme.libraries.yml",
        text: `chat:\n  js:\n    ${script}:\n      type: external\n      attributes: { async: true }`,
      },
      { place: "mytheme.info.yml", text: "libraries:\n  - mytheme/chat" },
    ],
    check: "Look as a visitor who is not signed in too: those pages come from a cache.",
    trap: {
      question: "What does the aggregation of scripts do to the chat?",
      answer:
        "Nothing: Drupal does not merge files of the type external. Options are attributes beside `async`, such as `data-color: '#7a3cff'`. Without access to the theme, use the module Asset Injector. It takes JavaScript instead of a tag: the lines between the script tags of [the recipe for Google Tag Manager](/recipes/google-tag-manager), which also work when they are merged with others.",
    },
    tried:
      "The tests run it in a page made from these files as Drupal makes it; Drupal itself was out of reach.",
  },
  {
    slug: "joomla",
    name: "Joomla",
    kind: "Content management systems",
    where: "in the template's `index.php`, before `</body>`",
    steps: [
      "Go to System, Site Templates, and open your template. A child template keeps its changes when the template is updated.",
      "Open `index.php`, and paste the tag directly above `</body>`. Save.",
    ],
    paste: [{ place: "index.php", text: tag }],
    check: "If the old page is still shown, clear the cache in the System menu.",
    trap: {
      question: "Why not in an article or a module?",
      answer:
        "Joomla's editors and text filters take script tags out when you save, so the tag would be gone without a word. The template is not filtered. Old sites with MooTools or Prototype are no problem: both change what all scripts stand on, and the widget keeps clear of it.",
    },
    tried:
      "The tests run it in a page like Joomla's, with built-ins changed by such libraries; Joomla itself was out of reach.",
  },
];
