/** Recipes for apps and static sites: Next.js, Astro, Docusaurus and Hugo. Tests build a real site from each. */
import type { Recipe } from "./recipe.ts";
import { script, tag } from "./tag.ts";
import { versions } from "./versions.ts";

const layout = `import Script from "next/script";

export default function RootLayout({ children }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Script src="${script}" />
      </body>
    </html>
  );
}`;

export const apps: readonly Recipe[] = [
  {
    slug: "nextjs",
    name: "Next.js",
    kind: "Apps and static sites",
    where: "a `Script` component in the root layout",
    steps: [
      "Open the root layout, `app/layout.jsx` or `app/layout.tsx`.",
      "Add the import and the `Script` line, as in this layout:",
    ],
    paste: [{ place: "app/layout.jsx", text: layout }],
    check:
      "Follow a `Link` to another page: the chat stays open. While you develop, list `http://localhost:3000`.",
    trap: {
      question: "What if my app sends a policy with a nonce?",
      answer:
        "With `'strict-dynamic'` the component works as it is, because Next.js and the browser pass the trust on; only `connect-src` and `img-src` still have to name the proxy. Without `'strict-dynamic'`, `script-src` has to name it too. Options are attributes, such as `data-color=\"#7a3cff\"`. Keep the usual loading strategy.",
    },
    tried: `The tests build and open an app with Next.js ${versions.nextjs.next}.`,
  },
  {
    slug: "astro",
    name: "Astro",
    kind: "Apps and static sites",
    where: "in the head of your layout, with `is:inline`",
    steps: [
      "Open the layout that your pages share, such as `src/layouts/Layout.astro`.",
      "Paste the tag into its head. With `is:inline` Astro leaves it as it is:",
    ],
    paste: [{ place: "src/layouts/Layout.astro", text: tag.replace("<script", "<script is:inline") }],
    check: "While you develop, list `http://localhost:4321`.",
    trap: {
      question: "Does the chat survive view transitions?",
      answer:
        "Yes. With `<ClientRouter />`, Astro replaces the whole body at each navigation. The widget puts its element back into the new body, with the conversation, and the tag does not run again. Use no `transition:persist` for it, and no `data-astro-rerun`.",
    },
    tried: `The tests build and open a site with Astro ${versions.astro.astro} and its view transitions.`,
  },
  {
    slug: "docusaurus",
    name: "Docusaurus",
    kind: "Apps and static sites",
    where: "`scripts` in `docusaurus.config.js`",
    steps: [
      "Open `docusaurus.config.js`.",
      "Add this line to the configuration, or its entry to the `scripts` that are there:",
    ],
    paste: [{ place: "docusaurus.config.js", text: `scripts: [{ src: "${script}", async: true }],` }],
    check:
      "Restart the development server, which reads the file only once. While you develop, list `http://localhost:3000`.",
    trap: {
      question: "Why does the chat not follow the switch of the colour mode?",
      answer:
        'The chat follows the visitor\'s system, while the switch belongs to the page. If the two should always agree, set `respectPrefersColorScheme` and `disableSwitch` in `colorMode`, or give the entry the option `"data-theme": "light"`. All options are written like that, in quotes.',
    },
    tried: `The tests build and open a site with Docusaurus ${versions.docusaurus["@docusaurus/core"]}.`,
  },
  {
    slug: "hugo",
    name: "Hugo",
    kind: "Apps and static sites",
    where: "a partial, called before `</body>` of the base template",
    steps: [
      "Make the partial with the tag.",
      "Call it before `</body>` in `baseof.html`. If that file belongs to a theme, copy it to the same place in your own `layouts` folder first, and change the copy.",
    ],
    paste: [
      { place: "layouts/partials/chat.html", text: tag },
      { place: "layouts/_default/baseof.html", text: '{{ partial "chat.html" . }}' },
    ],
    check: "While you develop, list `http://localhost:1313`.",
    trap: {
      question: "Can pages be without the chat while I write them?",
      answer:
        "Put `{{ if hugo.IsProduction }}` before the call and `{{ end }}` after it; then only `hugo` itself writes the tag, and `hugo server` does not. From Hugo 0.146 on, the folders may be called `layouts/_partials` and `layouts`. With `--minify` the tag keeps working.",
    },
    tried: "The tests build and open a site with Debian's Hugo, with and without `--minify`.",
  },
];
