/** Handle of a chat for the page's own scripts. */
import type { ChatOptions } from "../options/table.ts";
import type { ChatEvents } from "./types.ts";

export type ChatHandle = {
  /** Opens the panel. */
  open(): void;
  /** Closes the panel. */
  close(): void;
  /** Opens the panel if it is closed, and closes it if it is open. */
  toggle(): void;
  /** Opens the panel and asks the question, as if the visitor had written it. */
  ask(text: string): void;
  /** Starts an empty conversation. The current one stays in the list of earlier conversations. */
  startOver(): void;
  /**
   * Changes options. An option that is missing or null stays as it is. `agent`, `proxy`, `mode` and `target` cannot be
   * changed: destroy the chat and mount another.
   */
  set(options: Partial<ChatOptions>): void;
  /** Calls the listener on each event of that name, until the returned function is called. */
  on<Name extends keyof ChatEvents>(event: Name, listener: (detail: ChatEvents[Name]) => void): () => void;
  /** Removes the chat and everything it added from the page. Stored conversations stay. */
  destroy(): void;
};

/** Each event of the chat is a DOM event on the element as well, with the prefix `customgpt-`. */
export function subscribe<Name extends keyof ChatEvents>(
  host: HTMLElement,
  event: Name,
  listener: (detail: ChatEvents[Name]) => void,
): () => void {
  const onEvent = (happening: Event) => happening instanceof CustomEvent && listener(happening.detail);
  host.addEventListener(`customgpt-${event}`, onEvent);
  return () => host.removeEventListener(`customgpt-${event}`, onEvent);
}
