/** Recipes for any website: plain HTML and a tag manager. */
import type { Recipe } from "./recipe.ts";
import { tag, tagMaker } from "./tag.ts";

const indented = tagMaker.replace(/^/gm, "  ");

export const anyWebsite: readonly Recipe[] = [
  {
    slug: "html",
    name: "HTML pages",
    kind: "Any website",
    where: "before `</body>` of each page",
    steps: [
      "Open the page's file, or the template that your pages share.",
      "Paste the tag directly before `</body>`, and upload the file.",
    ],
    paste: [{ place: "index.html", text: tag }],
    check: "Go to a second page with the tag: the conversation is still there.",
    trap: {
      question: "Why does the chat not answer on a page that I open from my disk?",
      answer:
        "A file opened from the disk has no web address, so `ALLOWED_ORIGINS` cannot list it. Look at the page through a web server, such as `npx serve`, and list that server's address while you try.",
    },
    tried: "The tests open HTML pages with the tag in Chromium, Firefox and WebKitGTK.",
  },
  {
    slug: "google-tag-manager",
    name: "Google Tag Manager",
    kind: "Any website",
    where: "a tag of the type Custom HTML",
    steps: [
      "Make a new tag of the type Custom HTML and paste the text below.",
      "Leave “Support document.write” unticked; the widget does not use it.",
      "Set its trigger, such as All Pages or the one that follows consent. Then publish the container.",
    ],
    paste: [{ place: "Custom HTML", text: `<script>\n${indented}\n</script>` }],
    check: "Preview mode lists the tag as fired.",
    trap: {
      question: "Why not the plain tag?",
      answer:
        "Tag Manager makes each script tag anew and drops its `data-` attributes. The text above makes the tag itself; set each option as it sets `data-color`, or leave that line out. Its JavaScript is old, because Tag Manager refuses newer syntax. Where a visitor's blocker stops Tag Manager, there is no chat.",
    },
    tried:
      "The tests run it in a page that inserts scripts as Tag Manager does; Tag Manager itself was out of reach.",
  },
];
