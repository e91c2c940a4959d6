/** What optimising plugins of each kind make of a page with the chat's script. */

export type Optimised = {
  readonly html: string;
  /** Files that the optimiser made, by path. */
  readonly files: Readonly<Record<string, string>>;
};

type Optimise = (html: string, widget: string) => Optimised;

const tag = /<script(?=[^>]*\/widget\/widget\.js)[^>]*><\/script>/;

const without = (script: string, name: string) => script.replace(new RegExp(` ${name}="[^"]*"`), "");

/** Runs delayed scripts at the visitor's first gesture, as such plugins do. */
const atFirstGesture = (work: string) =>
  `<script>addEventListener("mousemove", () => { ${work} }, { once: true });</script>`;

const revive = `for (const old of document.querySelectorAll('script[type="text/delayed"]')) {
  const script = document.createElement("script");
  for (const { name, value } of old.attributes) if (name !== "type") script.setAttribute(name.replace(/^data-delayed-/, ""), value);
  if (!script.src) script.textContent = old.textContent;
  old.replaceWith(script);
}`;

export const optimisers: Readonly<Record<string, Optimise>> = {
  "none at work": (html) => ({ html, files: {} }),

  "merged into one file, attributes lost": (html, widget) => ({
    html: html.replace(tag, '<script defer src="/wp-content/cache/merged_1f2e.js"></script>'),
    files: { "/wp-content/cache/merged_1f2e.js": `var merged = 1;\n${widget}` },
  }),

  "merged into a file that a script delivers": (html, widget) => ({
    html: html.replace(tag, '<script src="/wp-content/cache/merged.php?f=ab12" defer></script>'),
    files: {
      "/wp-content/cache/merged.php": `<?php header( 'Content-Type: text/javascript' ); ?>${widget}`,
    },
  }),

  "copied under a hashed name": (html, widget) => ({
    html: html.replace(tag, (script) =>
      script.replace(/src="[^"]*"/, 'src="/wp-content/litespeed/js/3fa9.js?ver=3fa9"'),
    ),
    files: { "/wp-content/litespeed/js/3fa9.js": widget },
  }),

  "put into the page itself": (html, widget) => ({
    html: html.replace(tag, () => `<script>${widget.replaceAll("</script", "<\\/script")}</script>`),
    files: {},
  }),

  "made a data: address": (html, widget) => ({
    html: html.replace(
      tag,
      () =>
        `<script defer src="data:text/javascript;base64,${Buffer.from(widget).toString("base64")}"></script>`,
    ),
    files: {},
  }),

  "delayed until the first gesture": (html) => ({
    html: html.replace(
      tag,
      (script) =>
        without(script, "type")
          .replace("<script", '<script type="text/delayed"')
          .replace(" src=", " data-delayed-src=") + atFirstGesture(revive),
    ),
    files: {},
  }),

  "delayed, and merged": (html, widget) => ({
    html: html.replace(
      tag,
      `<script type="text/delayed" data-delayed-src="/wp-content/cache/late.js"></script>${atFirstGesture(revive)}`,
    ),
    files: { "/wp-content/cache/late.js": widget },
  }),

  "put into the page twice": (html) => ({
    html: html.replace(tag, (script) => script + script.replace(/ id="[^"]*"/, "")),
    files: {},
  }),
};
