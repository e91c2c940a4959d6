/** What a page's own scripts can do with a chat. */
import type { Options } from "../options/table.ts";
import type { Happenings } from "./contract.ts";

export type Handle = {
  open(): void;
  close(): void;
  toggle(): void;
  /** Opens the chat and asks, as if the visitor had written it. */
  ask(text: string): void;
  /** Forgets the conversation, here and upstream, and begins an empty one. */
  startOver(): void;
  /** Changes options; those not named stay as they are. */
  set(options: Partial<Options>): void;
  /** Calls the listener whenever the event happens, until the returned function is called. */
  on<Name extends keyof Happenings>(event: Name, listener: (detail: Happenings[Name]) => void): () => void;
  /** Takes the chat and everything it added away from the page. What is remembered of the conversation stays. */
  destroy(): void;
};
