/** Types for pages: events and attributes of the element, and the global function, made from the tables of options and events. */
import type { ChatOptions } from "../../options/table.ts";
import type { ChatHandle } from "../handle.ts";
import type { ChatEvents } from "../types.ts";

/** Every event as a DOM event of the element. They bubble, so the document and the window have them as well. */
export type ChatDomEvents = {
  [Name in keyof ChatEvents as `customgpt-${Name}`]: CustomEvent<ChatEvents[Name]>;
};

/** What an attribute may be for an option of that type. Lists are written as one text. */
type AttributeValue<Value> = Value extends boolean
  ? Value | `${Value}` | ""
  : Value extends number
    ? Value | `${Value}`
    : Value extends string
      ? Value
      : string;

type OptionAttributes<Options> = {
  -readonly [Name in keyof Options]?: AttributeValue<Options[Name]> | null | undefined;
};

/** Preact, and React since 19, listen for what follows `on`. */
type EventAttributes = {
  [Name in keyof ChatEvents as `oncustomgpt-${Name}`]?: (event: CustomEvent<ChatEvents[Name]>) => void;
};

type ElementRef =
  { current: CustomGPTWidgetElement | null } | ((element: CustomGPTWidgetElement | null) => void);

/** What `<customgpt-widget>` takes in JSX: options, events, and what every element has. */
export type ChatElementProps = OptionAttributes<ChatOptions> &
  EventAttributes & {
    id?: string | undefined;
    class?: string | undefined;
    className?: string | undefined;
    style?: unknown;
    hidden?: boolean | undefined;
    key?: string | number | null | undefined;
    ref?: ElementRef | null | undefined;
  };

/** The global function: runs a command of the handle on the first chat. Until the script is there, the commands wait. */
export type RunCommand = {
  /** Returns what ends the listening, unless the command had to wait. */
  <Name extends keyof ChatEvents>(
    command: "on",
    event: Name,
    listener: (detail: ChatEvents[Name]) => void,
  ): (() => void) | undefined;
  <Name extends Exclude<keyof ChatHandle, "on">>(
    command: Name,
    ...given: Parameters<ChatHandle[Name]>
  ): unknown;
};

/** What is kept on the element itself is there for every copy of this code that a page may have loaded. */
export type CustomGPTWidgetElement = HTMLElement & {
  /** The chat in it. */
  handle?: ChatHandle | undefined;
  /** What to do when the element has left the page. */
  whenLeft?: () => void;
};

declare global {
  interface HTMLElementTagNameMap {
    "customgpt-widget": CustomGPTWidgetElement;
  }
  interface GlobalEventHandlersEventMap extends ChatDomEvents {}
  interface Window {
    /** The stub, which has `q`, or the real one, which has `add`. */
    CustomGPTWidget?: RunCommand & {
      q?: Iterable<Iterable<unknown>>;
      add?: (tag: HTMLOrSVGScriptElement | null) => void;
    };
  }
}
