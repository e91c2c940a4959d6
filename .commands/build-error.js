/** Formats a bundler's error as the few lines that a developer needs after a typing mistake. */
import { stripVTControlCharacters } from "node:util";
import { root } from "./ensure.js";

/**
 * For each mistake its location, the message, and the source line, as far as the bundler reports them.
 * @param {unknown} error
 */
export function describeBuildError(error) {
  const { errors } = /** @type {{ errors?: unknown }} */ (Object(error));
  const mistakes = Array.isArray(errors) && errors.length > 0 ? errors : [error];
  return [...new Set(mistakes.map(describe))].join("\n");
}

/**
 * Fields of an error of the bundler and its plugins; any may be missing.
 * @typedef {{
 *   message?: string, id?: string, fileName?: string, frame?: string,
 *   loc?: { line?: number, column?: number, file?: string },
 * }} Mistake
 */

/** @param {unknown} mistake */
function describe(mistake) {
  const {
    message = String(mistake),
    id,
    fileName,
    frame = "",
    loc,
  } = /** @type {Mistake} */ (Object(mistake));
  const text = stripVTControlCharacters(message);
  // The first line of a failed plugin says only that it failed.
  const told =
    /^Caused by:\n(.*)/m.exec(text)?.[1] ?? text.split("\n").find((line) => line.trim() !== "") ?? "";
  const what = told.trim().replace(/^\[[^\]]*\]\s*/, "");
  const file = (loc?.file ?? fileName ?? id)?.replace(/\?.*/, "");
  const position = loc?.line === undefined ? "" : `:${loc.line}:${loc.column ?? 0}`;
  const place = /\[ (.+:\d+:\d+) \]/.exec(text)?.[1] ?? (file ? file + position : null);
  const drawn = new RegExp(`^ *${loc?.line ?? "\\d+"} +[│|] ?(.*\\S)`, "m");
  const line = drawn.exec(text)?.[1] ?? drawn.exec(stripVTControlCharacters(frame))?.[1];
  const lines = [`  ${place === null ? "" : `${place}  `}${what}`, ...(line ? [`      ${line.trim()}`] : [])];
  return lines.join("\n").replaceAll(root, "");
}
