/** Browser engine interface for scenes: navigate, click, type, and read the page. */

export type KeyName = "Enter" | "Escape" | "Tab" | "ArrowDown" | "ArrowUp";

export type Tab = {
  goTo(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Presses the browser's Back. */
  back(): Promise<void>;
  /** Clicks the element with this selector inside the chat, as soon as it exists. */
  press(selector: string): Promise<void>;
  /** Types on the keyboard into the focused element. */
  type(words: string): Promise<void>;
  key(name: KeyName, held?: "Shift"): Promise<void>;
  /** Pastes with the keyboard into the focused element. */
  paste(): Promise<void>;
  /** Runs the function in the page with the chat's shadow root; the result is passed as JSON. */
  read<Found>(read: (chat: ShadowRoot) => Found): Promise<Found>;
  close(): Promise<void>;
};

export type Engine = {
  /** A visitor's fresh browser profile with one page. */
  newTab(): Promise<Tab>;
  close(): Promise<void>;
};

/** The source of such a function, as an expression for the page. */
export function readerSource(read: (chat: ShadowRoot) => unknown): string {
  return `JSON.stringify((${String(read)})(document.querySelector("customgpt-widget").shadowRoot) ?? null)`;
}
