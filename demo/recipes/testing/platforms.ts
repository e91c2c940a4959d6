/** Pages that treat the printed tag as a platform does, for platforms that cannot be installed here. */

export type PlatformPage = {
  /** The page that a visitor comes to. `text` gives what the recipe prints; `put` serves a script of the site. */
  html(text: (place: string) => string, put: (script: string) => string): string;
  /** What the platform does in the page, without loading it anew, when the visitor or the owner goes on. */
  goOn: string;
};

const page = (body: string, head = "") =>
  `<!doctype html><html lang="en"><head><title>A site</title>${head}</head><body>${body}</body></html>`;

/** As in a container: scripts from markup do not run, so each is made anew, without attributes it does not know. */
const tagManager = (tag: string) => `<script>
addEventListener("load", () => {
  const holder = document.createElement("div");
  holder.innerHTML = ${JSON.stringify(tag).replaceAll("</", "<\\/")};
  for (const written of holder.querySelectorAll("script")) {
    const made = document.createElement("script");
    if (written.src) made.src = written.src;
    made.text = written.text;
    document.body.appendChild(made);
  }
});
</script>`;

/** The site's own fetch can be called and not be replaced. */
const lockedFetch = `<script>
const own = window.fetch;
Object.defineProperty(window, "fetch", { value: (...words) => own(...words), writable: false, configurable: false });
</script>`;

/** Arrays that write themselves as text, and members that every loop over an object finds. */
const oldLibraries = `<script>
Array.prototype.toJSON = function () { return String(this); };
Object.prototype.each = function () {};
Element.prototype.hide = function () { this.style.display = "none"; };
</script>`;

/** The script tag that Drupal makes from a library: its address and its attributes. */
function drupalTag(library: string): string {
  const address = /^ {4}(https?:\S+):$/m.exec(library)?.[1];
  const isExternal = /^ {6}type: external$/m.test(library);
  const attributes = /attributes: \{ (.+) \}/.exec(library)?.[1] ?? "";
  if (!address || !isExternal) throw new Error("The library is not what Drupal reads.");
  const written = attributes.split(", ").map((each) => each.replace(/: true$/, "").replace(": ", "="));
  return `<script src="${address}" ${written.join(" ")}></script>`;
}

const replaceContent = (selector: string) =>
  `history.pushState({}, "", "?next"); document.querySelector("${selector}").outerHTML = '<main id="next">The next page</main>';`;

/** By the recipe's slug, and what is particular about it. */
export const platformPages: Readonly<Record<string, PlatformPage>> = {
  "google-tag-manager": {
    html: (text) => page("<main>Page</main>", tagManager(text("Custom HTML"))),
    goOn: replaceContent("main"),
  },
  // The theme editor renders a section anew; the layout around it stays.
  shopify: {
    html: (text) =>
      page(`<main><div id="shopify-section-hero">Hero</div></main>\n${text("layout/theme.liquid")}\n`),
    goOn: `document.querySelector("#shopify-section-hero").outerHTML = '<div id="shopify-section-hero">New</div>';
      document.dispatchEvent(new CustomEvent("shopify:section:load", { bubbles: true }));`,
  },
  // Set to load on each page instead of once, the same code is inserted again.
  wix: {
    html: (text) =>
      page(`<div id="SITE_CONTAINER"><main>Page</main></div>${text("Settings, Custom Code")}`, lockedFetch),
    goOn: `${replaceContent("main")}
      const again = document.createElement("script");
      again.src = document.querySelector("script[src*=widget]").src;
      again.async = true;
      document.body.append(again);`,
  },
  // Ajax loading puts the whole next body in place, whose scripts do not run.
  squarespace: {
    html: (text) => page(`<main>Page</main>${text("Code Injection, Footer")}`),
    goOn: `history.pushState({}, "", "?next");
      const tag = document.querySelector("script[src*=widget]").outerHTML;
      document.body.innerHTML = "<main>The next page</main>" + tag;`,
  },
  webflow: {
    html: (text) =>
      page(
        `<div data-barba="wrapper"><main data-barba="container">Page</main></div>${text("Custom Code, Footer code")}`,
      ),
    goOn: replaceContent("[data-barba=container]"),
  },
  drupal: {
    html: (text) => page(`<main>Page</main>${drupalTag(text("mytheme.libraries.yml"))}`),
    goOn: replaceContent("main"),
  },
  joomla: {
    html: (text) =>
      page(
        `<main>Page</main>\n${text("index.php")}\n`,
        `<script type="application/json" class="joomla-script-options new">{"csrf.token":"1"}</script>${oldLibraries}`,
      ),
    goOn: replaceContent("main"),
  },
};

/** Asset Injector's file, merged with others into one of another name: the lines of the snippet without its tags. */
export const mergedByDrupal = (snippet: string, put: (script: string) => string): string => {
  const lines = snippet.replace(/<\/?script>/g, "");
  return page(`<main>Page</main><script src="${put(`(function () {})();\n${lines}\n;void 0;`)}"></script>`);
};
