/** `node ghost-theme.js check THEME` prints the codes of gscan's errors and warnings; `render THEME TEMPLATE` prints a page, whose footer comes from stdin. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../ensure.js";

// gscan renders with Handlebars, as Ghost does, and brings it along.
const load = createRequire(join(root, "node_modules/.cache/recipes/ghost/package.json"));
const [verb, theme = "", template = ""] = process.argv.slice(2);

async function check() {
  const gscan = load("gscan");
  const { results } = gscan.format(await gscan.check(theme, { checkVersion: "v5" }), { checkVersion: "v5" });
  return [...results.error, ...results.warning].map(({ code }) => code).join("\n");
}

/** Without Ghost there is no content: its other helpers print nothing, and its blocks what is in them. */
function render() {
  const handlebars = load("handlebars").create();
  const foot = readFileSync(0, "utf8");
  handlebars.registerHelper({
    ghost_foot: () => new handlebars.SafeString(foot.trim()),
    asset: (/** @type {string} */ path) => `/assets/${path}`,
    helperMissing: () => "",
    blockHelperMissing: (
      /** @type {unknown} */ _,
      /** @type {{ fn: (context: unknown) => string }} */ block,
    ) => block.fn({}),
  });
  const partials = join(theme, "partials");
  for (const name of readdirSync(partials, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".hbs"))
      handlebars.registerPartial(name.replace(/\.hbs$/, ""), readFileSync(join(partials, name), "utf8"));
  const draw = (/** @type {string} */ file, /** @type {object} */ data) =>
    handlebars.compile(readFileSync(join(theme, file), "utf8").replace(/^\{\{!<.*\}\}/, ""))(data);
  return draw("default.hbs", { body: draw(template, {}) });
}

process.stdout.write(verb === "check" ? await check() : render());
