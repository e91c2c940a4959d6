/** Styles of the host element, from the options and the agent's profile, before the chat is loaded. */
import type { OptionSource } from "../options/read-option.ts";
import { bootTable } from "../options/table.ts";
import { warn } from "./warn.ts";
import { accentOf } from "../options/color.ts";
import type { ReadBootOption } from "./types.ts";
import { readOption } from "../options/read-option.ts";

/** Reads the boot options from all their sources. */
export function optionsIn(source: OptionSource): ReadBootOption {
  return (name) => readOption(name, bootTable[name], source, warn);
}

/** A text of a profile that is not yet checked; empty when there is none. */
export function textIn(profile: object, name: string): string {
  const text: unknown = Reflect.get(profile, name);
  return typeof text === "string" ? text : "";
}

// The page's rules do not apply to a floating chat. They can size a chat in the page's flow, but not hide it; the retry
// button that replaces a chat that could not be fetched is inside it too.
const inPlace =
  "display:block!important;position:relative!important;height:100%;min-height:480px!important}.launcher{position:absolute";
const floating = "all:initial!important;position:fixed!important;z-index:2147483000!important";

/** Position of the element, and the custom properties for colours and sizes inside it. */
export function hostStyles(option: ReadBootOption, agentColor: string): string {
  const mode = option("mode");
  const offset = `${option("offset")}px`;
  const { accent, onAccent } = accentOf(option("color") ?? agentColor);
  return (
    `:host{${mode === "inline" ? inPlace : floating}${mode === "full" ? ";inset:0!important" : ""}}` +
    `.frame{--cgw-offset:${offset};--cgw-accent:${accent};--cgw-on-accent:${onAccent}}` +
    `.launcher{${option("position")}:${offset}}@media print{:host{display:none!important}}`
  );
}
