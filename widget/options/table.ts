/** Every option there is, once: types, reading, the custom element's attributes and the documentation follow from this table. */
import { address, choice, color, flag, lifetime, pixels, text } from "./parsers.ts";
import type { Option } from "./parsers.ts";
import type { rare } from "./lazy-options.ts";

// The sentence above each option is its documentation: editors show it, and docs.ts puts it into REFERENCE.md.

/** What is needed before anybody clicks; the tag carries only these. */
export const early = {
  /** Which of the proxy's agents answers. */
  agent: text("default"),
  /** Where the proxy is, when the script does not come from it. */
  proxy: address(),
  /** Floating above the page, in a place of the page, along its side, or filling it. */
  mode: choice("floating", "inline", "side", "full"),
  /** With mode `inline`: a CSS selector for the element that the chat is put into. */
  target: text(null),
  /** The lower corner, or the side, where the chat stands. */
  position: choice("right", "left"),
  /** Distance of the button and the panel from the window's edges. */
  offset: pixels(24),
  /** The accent colour. */
  color: color(),
  /** Whether the chat is open from the start. It never takes the focus by itself. */
  open: flag(false),
  /** The name in the header. */
  title: text(null),
  /** The button's name for screen readers; else the title. */
  label: text(null),
};

/** What only the opened chat needs. */
export const late = {
  /** Light or dark, or as the visitor's system has it. */
  theme: choice("auto", "light", "dark"),
  /** Language of the chat's own words, as a BCP 47 tag such as `de`; else the page's. */
  language: text(null),
  /** Address of the picture in the header. */
  avatar: address(),
  /** The opening line of an empty conversation. */
  welcome: text(null),
  /** What stands in the empty field. */
  placeholder: text(null),
  /** Who the visitor is, as a JWT that your site signed: the conversation then follows the person. */
  identity: text(null),
  /** Where conversations are kept in the browser, from the first question on: in the page only, for the visit in this tab, or so many days. */
  memory: lifetime(30),
  /** The sentence saying that a machine answers; `off` leaves it out where the law allows that. */
  disclosure: text(null),
};

export type EarlyName = keyof typeof early;
export type LateName = keyof typeof late;
export type RareName = keyof typeof rare;
export type OptionName = EarlyName | LateName | RareName;

type Tables = typeof early & typeof late & typeof rare;

/** The options as the widget uses them. Null leaves the matter to the agent's own settings, the page or the language. */
export type Options = {
  -readonly [Name in OptionName]: Tables[Name]["usual"];
};

/** The same, in the shape that lets the compiler see that an option's name and value belong together. */
export const earlyTable: { readonly [Name in EarlyName]: Option<Options[Name]> } = early;
export const lateTable: { readonly [Name in LateName]: Option<Options[Name]> } = late;
