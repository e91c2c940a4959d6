/** Finder of the widget's script tag and its attributes, also where an optimizer loaded the script. */
import type { OptionSource } from "../options/read-option.ts";
import { warn } from "./warn.ts";

export type FoundTag = {
  readonly optionSource: OptionSource;
  /** URL of the folder on the proxy that the script came from; null when it came from another server. */
  readonly home: string | null;
};

/** A script of this name came from the proxy; one of another name may be a copy on any server. */
const isNamed = (script: HTMLScriptElement) => /^[^?#]+\/widget\.js([?#]|$)/.test(script.src);

const isOurs = (script: HTMLScriptElement) => isNamed(script) || "proxy" in script.dataset;

/** Inert block with options, which optimizers keep when they move and merge scripts; it wins over attributes. */
function readBlock(): Readonly<Record<string, unknown>> {
  const text = document.querySelector('script[type="application/json"][data-customgpt-widget]')?.textContent;
  try {
    return Object(JSON.parse(text ?? "{}"));
  } catch {
    warn("the JSON cannot be read.");
    return {};
  }
}

/**
 * `current` is `document.currentScript` while the script ran. Where that is null (a module, a tag in a shadow root) or
 * another file (several merged into one), the tag is found by its URL and its options; by its file name alone only when
 * one tag has that name, since other products have a `widget.js` too.
 */
export function findTags(current: HTMLOrSVGScriptElement | null): FoundTag[] {
  const block = readBlock();
  let scripts = [...document.scripts].filter(isOurs);
  if (scripts.length > 1) scripts = scripts.filter(({ dataset }) => dataset["proxy"] ?? dataset["agent"]);
  if (current instanceof HTMLScriptElement && isOurs(current)) scripts = [current];
  return (scripts.length > 0 ? scripts : [null]).map((script) => ({
    optionSource: (name) => block[name] ?? script?.dataset[name],
    home: script && isNamed(script) ? new URL(".", script.src).href : null,
  }));
}
