/** The widget's script tag and its attributes, however the page or an optimizer loaded the script. */
import type { OptionSource } from "../options/read-option.ts";
import { warn } from "./warn.ts";

export type FoundTag = {
  readonly said: OptionSource;
  /** Address of the folder that our script came from; null when it came from elsewhere. */
  readonly home: string | null;
};

/** Under its own name our script came from the proxy. Under another it may have been copied anywhere. */
const isNamed = (script: HTMLScriptElement) => /^[^?#]+\/widget\.js([?#]|$)/.test(script.src);

const isOurs = (script: HTMLScriptElement) => isNamed(script) || "proxy" in script.dataset;

/** The inert block that optimisers leave alone when they move and merge scripts; it comes before attributes. */
function readBlock(): Readonly<Record<string, unknown>> {
  const text = document.querySelector('script[type="application/json"][data-customgpt-widget]')?.textContent;
  try {
    const said: unknown = JSON.parse(text ?? "{}");
    return { ...(typeof said === "object" && said) };
  } catch {
    warn("the JSON cannot be read.");
    return {};
  }
}

/**
 * `current` is `document.currentScript` as it was while our script ran. Where that is null (a module, a tag in a shadow
 * root) or another file (several merged into one), our tag is looked for by its address and its options; by its file
 * name alone only when there is but one of that name, since others have their `widget.js` too.
 */
export function findTags(current: HTMLOrSVGScriptElement | null): FoundTag[] {
  const block = readBlock();
  let scripts = [...document.scripts].filter(isOurs);
  if (scripts.length > 1) scripts = scripts.filter(({ dataset }) => dataset["proxy"] ?? dataset["agent"]);
  if (current instanceof HTMLScriptElement && isOurs(current)) scripts = [current];
  if (scripts.length === 0) return [{ said: (name) => block[name], home: null }];
  return scripts.map((script) => ({
    said: (name) => block[name] ?? script.dataset[name],
    home: isNamed(script) ? new URL(".", script.src).href : null,
  }));
}
