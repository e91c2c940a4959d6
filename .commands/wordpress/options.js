/** The widget's options for the plugin's settings page, as PHP made from the widget's own table. */
import { join } from "node:path";
import { root } from "../ensure.js";

const text = (/** @type {string} */ value) => `'${value.replace(/[\\']/g, "\\$&")}'`;

/** @param {unknown} value */
function literal(value) {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? text(value) : "null";
}

/**
 * @param {string} domain of the translations
 * @returns {Promise<string>}
 */
export async function optionsInPhp(domain) {
  const { runnerImport } = await import("vite");
  const { module } = await runnerImport(join(root, "widget/options/docs.ts"), {
    configFile: false,
    logLevel: "error",
  });
  const { describedOptions } = /** @type {typeof import("../../widget/options/docs.ts")} */ (module);
  const entries = describedOptions().map(
    ({ name, kind, words, fallback, sentence }) => `\t\t${text(name)} => array(
\t\t\t'kind'        => ${text(kind)},
\t\t\t'words'       => array( ${words.map(text).join(", ")} ),
\t\t\t'fallback'    => ${literal(fallback)},
\t\t\t'description' => __( ${text(sentence)}, ${text(domain)} ),
\t\t),`,
  );
  return `<?php
/**
 * The widget's options. Made by the build from the widget's own table.
 */

namespace CustomGptWidget;

defined( 'ABSPATH' ) || exit;

function widget_options(): array {
\treturn array(
${entries.join("\n")}
\t);
}
`;
}
