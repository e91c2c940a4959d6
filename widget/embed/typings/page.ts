/** Types for pages: events and attributes of the element, and the global function, from the tables of options and events. */
import type { ChatOptions } from "../../options/table.ts";
import type { ChatHandle } from "../handle.ts";
import type { ChatEvents } from "../types.ts";

/** Every event as a DOM event of the element. They bubble, so the document and the window have them as well. */
export type ChatDomEvents = {
  [Name in keyof ChatEvents as `customgpt-${Name}`]: CustomEvent<ChatEvents[Name]>;
};

/** Type of an attribute for an option of this type. A list is one text. */
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

/** Preact, and React since 19, take the part after `on` as the event's name. */
type EventAttributes = {
  [Name in keyof ChatEvents as `oncustomgpt-${Name}`]?: (event: CustomEvent<ChatEvents[Name]>) => void;
};

type ElementRef =
  { current: CustomGPTWidgetElement | null } | ((element: CustomGPTWidgetElement | null) => void);

/** Props of `<customgpt-widget>` in JSX: options, events, and those of every element. */
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

/** The global function: runs a command of the handle on the first chat. Commands wait until the script is loaded. */
export type RunCommand = {
  /** Returns an unsubscribe function, unless the command was queued. */
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

/** Properties of the element, shared by all copies of this script on a page. */
export type CustomGPTWidgetElement = HTMLElement & {
  /** The chat inside. */
  handle?: ChatHandle | undefined;
  /** Called when the element has been removed from the page. */
  whenLeft?: () => void;
};

declare global {
  interface HTMLElementTagNameMap {
    "customgpt-widget": CustomGPTWidgetElement;
  }
  interface GlobalEventHandlersEventMap extends ChatDomEvents {}
  interface Window {
    /** The stub, which has `q`, or the function itself, which has `add`. */
    CustomGPTWidget?: RunCommand & {
      q?: Iterable<Iterable<unknown>>;
      add?: (tag: HTMLOrSVGScriptElement | null) => void;
    };
  }
}
