/** What a scene may do in a browser, whichever engine it is: go somewhere, press, type, and look. */

export type KeyName = "Enter" | "Escape" | "Tab" | "ArrowDown" | "ArrowUp";

export type Tab = {
  goTo(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Presses the browser's Back. */
  back(): Promise<void>;
  /** Presses with the mouse what the selector finds inside the chat, as soon as it is there. */
  press(selector: string): Promise<void>;
  /** Types on the keyboard, into whatever has the focus. */
  type(words: string): Promise<void>;
  key(name: KeyName, held?: "Shift"): Promise<void>;
  /** Pastes with the keyboard, into whatever has the focus. */
  paste(): Promise<void>;
  /** Runs in the page and is handed the chat's inside; what it finds comes back as JSON. */
  read<Found>(read: (chat: ShadowRoot) => Found): Promise<Found>;
  close(): Promise<void>;
};

export type Engine = {
  /** A visitor's fresh browser profile with one page. */
  newTab(): Promise<Tab>;
  close(): Promise<void>;
};

/** The source of a look, as an expression for the page. */
export function readerSource(read: (chat: ShadowRoot) => unknown): string {
  return `JSON.stringify((${String(read)})(document.querySelector("customgpt-widget").shadowRoot) ?? null)`;
}
