/** Styles of the host element, from the options and the agent's profile, before the chat is loaded. */
import type { OptionSource } from "../options/read-option.ts";
import { bootTable } from "../options/table.ts";
import { warn } from "./warn.ts";
import { accentOf } from "../options/color.ts";
import type { ReadBootOption } from "./types.ts";
import { readOption } from "../options/read-option.ts";

/** The early options, from whatever says something about them. */
export function optionsIn(said: OptionSource): ReadBootOption {
  return (name) => readOption(name, bootTable[name], said, warn);
}

/** A text of a profile that is not yet checked; empty when there is none. */
export function textIn(profile: object, name: string): string {
  const text: unknown = Reflect.get(profile, name);
  return typeof text === "string" ? text : "";
}

// What floats is shielded from the page's rules; what stands in the page can be sized by them, but not folded up, and
// the button that is there when the chat could not be fetched stands in it too.
const inPlace =
  "display:block!important;position:relative!important;height:100%;min-height:480px!important}.launcher{position:absolute";
const floating = "all:initial!important;position:fixed!important;z-index:2147483000!important";

/** The element's place, and what colours and measures everything in it shares. */
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
