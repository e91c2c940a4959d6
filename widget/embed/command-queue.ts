/**
 * The one global function, `CustomGPTWidget(command, ...arguments)`: takes commands from before the script arrived on.
 *
 * A page that wants to call it early puts this stub above its first call:
 * `window.CustomGPTWidget=window.CustomGPTWidget||function(){(CustomGPTWidget.q=CustomGPTWidget.q||[]).push(arguments)}`
 */
import type { Handle } from "./handle.ts";
import { warn } from "./warn.ts";

export const globalName = "CustomGPTWidget";

export type CommandQueue = {
  /** The chats are there: run what waits, and everything from now on, on the first of them. */
  serve(first: () => Handle | undefined): void;
  /** Takes the global away, if it is still ours. */
  close(): void;
};

/**
 * Null when the widget has the page already: then that one is told of our tag, and this script has nothing more to do.
 * `add` is how a later run of the script tells this one of its tag.
 */
export function openCommandQueue(
  current: Element | null,
  add: (tag: Element | null) => void,
): CommandQueue | null {
  const before: unknown = Reflect.get(window, globalName);
  const isFunction = typeof before === "function";
  const itsAdd: unknown = isFunction && Reflect.get(before, "add");
  if (typeof itsAdd === "function") {
    Reflect.apply(itsAdd, before, [current]);
    return null;
  }
  const waiting: unknown[] = isFunction ? [...listOf(Reflect.get(before, "q"))] : [];
  let handle: (() => Handle | undefined) | null = null;

  function run(...words: unknown[]): unknown {
    if (!handle) {
      waiting.push(words);
      return undefined;
    }
    const [command, ...given] = words;
    const chat = handle();
    const method: unknown =
      chat && typeof command === "string" && Object.hasOwn(chat, command) && Reflect.get(chat, command);
    if (typeof method === "function") return Reflect.apply(method, chat, given);
    if (chat) warn(`there is no command "${String(command)}".`);
    return undefined;
  }

  // Something else of that name on the page is left alone; then there are no commands.
  const isFree = isFunction || !Object.hasOwn(window, globalName);
  // Whoever kept the stub still pushes into our queue.
  const queue = { push: (words: unknown) => run(...listOf(words)) };
  if (isFree) Reflect.set(window, globalName, Object.assign(run, { add, q: queue }));

  return {
    serve(first) {
      handle = first;
      for (const words of waiting.splice(0)) run(...listOf(words));
    },
    close() {
      if (Reflect.get(window, globalName) === run) Reflect.deleteProperty(window, globalName);
    },
  };
}

/** The stub queues `arguments` objects, which are no arrays. */
function listOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const length: unknown = Reflect.get(value, "length");
  return Array.from({ length: typeof length === "number" ? length : 0 }, (_, index): unknown =>
    Reflect.get(value, index),
  );
}
