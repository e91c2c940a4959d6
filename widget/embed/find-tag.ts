/** Finds the tag that brought us, and what it says, however the page or an optimiser loaded the script. */
import { optionNames } from "../options/table.ts";
import { warn } from "./warn.ts";

export type FoundTag = {
  /** What the tag, or a JSON block, says about an option; null or undefined where nothing is said. */
  readonly said: (option: string) => unknown;
  /** Address of the folder that our script came from, with its closing slash; null when it came from elsewhere. */
  readonly home: string | null;
};

/** The file name by which our script is known. Under another name it may have been copied anywhere. */
const fileName = "/widget.js";

const block = 'script[type="application/json"][data-customgpt-widget]';

function pathOf(script: Element): string {
  return script instanceof HTMLScriptElement && script.src ? new URL(script.src).pathname : "";
}

const isNamed = (script: Element) => pathOf(script).endsWith(fileName);
const isMarked = (script: Element) =>
  optionNames.some((name) => script.hasAttribute(`data-${name}`)) && !script.matches(block);

function homeOf(script: Element): string | null {
  return script instanceof HTMLScriptElement && isNamed(script) ? new URL(".", script.src).href : null;
}

/** The inert block that optimisers leave alone, moved and merged scripts included; what it says comes before attributes. */
function readBlock(): Readonly<Record<string, unknown>> | null {
  const text = document.querySelector(block)?.textContent;
  if (!text) return null;
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null ? { ...said } : null;
  } catch {
    warn("the JSON block cannot be read.");
    return null;
  }
}

/**
 * `current` is `document.currentScript` as it was while our script ran. Where that is null (a module, a tag in a shadow
 * root) or another file (several merged into one), our tag is looked for: by its options, else by its file name, the
 * latter only when there is but one, since others have their `widget.js` too.
 */
export function findTags(current: Element | null): FoundTag[] {
  const said = readBlock();
  let tags = current && (isNamed(current) || current.hasAttribute("data-proxy")) ? [current] : [];
  if (tags.length === 0) {
    const scripts = [...document.scripts];
    tags = scripts.filter(
      (script) => isMarked(script) && (isNamed(script) || script.hasAttribute("data-proxy")),
    );
    const named = scripts.filter(isNamed);
    if (tags.length === 0 && named.length === 1) tags = named;
  }
  if (tags.length === 0) return said ? [{ said: (option) => said[option], home: null }] : [];
  return tags.map((tag) => ({
    said: (option) => said?.[option] ?? tag.getAttribute(`data-${option}`),
    home: homeOf(tag),
  }));
}
