/** What a page's own scripts can do with a chat. */
import type { Options } from "../options/table.ts";
import type { Happenings } from "./types.ts";

export type Handle = {
  open(): void;
  close(): void;
  toggle(): void;
  /** Opens the chat and asks, as if the visitor had written it. */
  ask(text: string): void;
  /** Begins an empty conversation; the one so far is kept among the earlier ones. */
  startOver(): void;
  /**
   * Changes options; those not named, or null, stay as they are. `agent`, `proxy`, `mode` and `target` make a chat what it
   * is and cannot be changed: destroy it and mount another.
   */
  set(options: Partial<Options>): void;
  /** Calls the listener whenever the event happens, until the returned function is called. */
  on<Name extends keyof Happenings>(event: Name, listener: (detail: Happenings[Name]) => void): () => void;
  /** Takes the chat and everything it added away from the page. What is remembered of the conversation stays. */
  destroy(): void;
};

/** Every happening is a DOM event on the element as well, with the prefix `customgpt-`. */
export function listen<Name extends keyof Happenings>(
  host: HTMLElement,
  event: Name,
  listener: (detail: Happenings[Name]) => void,
): () => void {
  const hear = (happening: Event) => happening instanceof CustomEvent && listener(happening.detail);
  host.addEventListener(`customgpt-${event}`, hear);
  return () => host.removeEventListener(`customgpt-${event}`, hear);
}
