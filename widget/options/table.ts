/** Option tables: types, reading, the element's attributes and the documentation follow from them. The options that few need are in lazy-options.ts. */
import { address, choice, color, flag, lifetime, pixels, text } from "./parsers.ts";
import type { Option, OptionTable } from "./parsers.ts";
import type { contactOptions } from "./contact-options.ts";
import type { lazyOptions } from "./lazy-options.ts";
import type { starterOptions } from "./starter-options.ts";

// The sentence above each option is its documentation: editors show it, and docs.ts puts it into REFERENCE.md.

/** Options needed before the first click; the tag contains only these. */
export const bootOptions = {
  /** Alias of the agent that answers. */
  agent: text("default"),
  /** Address of the proxy, if the script does not come from it. */
  proxy: address(),
  /** Floating above the page, inline in the page, along its side, or filling it. */
  mode: choice("floating", "inline", "side", "full"),
  /** With mode `inline`: CSS selector of the element that the chat is put into. */
  target: text(null),
  /** Lower corner, or side, of the window at which the chat is placed. */
  position: choice("right", "left"),
  /** Distance of the button and the panel from the window's edges. */
  offset: pixels(24),
  /** The accent colour. */
  color: color(),
  /** Whether the chat is open from the start. It does not take the focus then. */
  open: flag(false),
  /** The name in the header. */
  title: text(null),
  /** Accessible name of the launcher; otherwise the title. */
  label: text(null),
};

/** What only the opened chat needs. */
export const panelOptions = {
  /** Light, dark, or as the visitor's system is set. */
  theme: choice("auto", "light", "dark"),
  /** Language of the chat's own texts, as a BCP 47 tag such as `de`; otherwise the page's. */
  language: text(null),
  /** Address of the picture in the header. */
  avatar: address(),
  /** The opening line of an empty conversation. */
  welcome: text(null),
  /** Placeholder of the composer. */
  placeholder: text(null),
  /** Identity of the visitor, as a JWT that your site signed. The conversation then follows the person. */
  identity: text(null),
  /** How long the browser stores conversations: in the page only, for the visit in this tab, or for a number of days. */
  memory: lifetime(30),
  /** Sentence that says that a machine answers; `off` removes it, where the law allows that. */
  disclosure: text(null),
};

/** Maps a table itself, not a list of its names: only so do the sentences go along to the options. */
type Values<Table extends Readonly<Record<string, Option<unknown>>>> = {
  -readonly [Name in keyof Table]: Table[Name]["fallback"];
};

export type BootOptions = Values<typeof bootOptions>;
export type PanelOptions = Values<typeof panelOptions>;

/** The options as the widget uses them. Null leaves the matter to the agent's own settings, the page or the language. */
export type ChatOptions = BootOptions &
  PanelOptions &
  Values<typeof starterOptions> &
  Values<typeof contactOptions> &
  Values<typeof lazyOptions>;

/** The same, in the shape that lets the compiler see that an option's name and value belong together. */
export const bootTable: OptionTable<BootOptions> = bootOptions;
export const panelTable: OptionTable<PanelOptions> = panelOptions;
