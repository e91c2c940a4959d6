/**
 * The global function `CustomGPTWidget(command, ...arguments)`, with a queue for commands from before the script loaded.
 *
 * A page that calls it earlier defines this stub before its first call:
 * `window.CustomGPTWidget=window.CustomGPTWidget||function(){(CustomGPTWidget.q=CustomGPTWidget.q||[]).push(arguments)}`
 */
import type { ChatHandle } from "./handle.ts";
import { warn } from "./warn.ts";

type AddTag = NonNullable<NonNullable<Window["CustomGPTWidget"]>["add"]>;

export type CommandQueue = {
  /** Runs queued and later commands on the first chat. */
  serve(first: () => ChatHandle | undefined): void;
  /** Removes the global function. */
  close(): void;
};

const isCommand = (chat: ChatHandle, word: string): word is keyof ChatHandle =>
  Object.keys(chat).includes(word);

/**
 * Null when the widget runs on the page already: that one receives the tag, and this script has nothing more to do.
 * A later run of the script passes its tag to `add`.
 */
export function openCommandQueue(current: HTMLOrSVGScriptElement | null, add: AddTag): CommandQueue | null {
  const found = window.CustomGPTWidget;
  // `window` also lists elements by id and name, and a form lists its fields.
  // oxlint-disable-next-line unicorn/no-instanceof-builtins -- <object> and <embed> are of type "function" too
  const before = found instanceof Function ? found : null;
  if (before?.add) {
    before.add(current);
    return null;
  }
  const waiting = [...(before?.q ?? [])];
  let first: (() => ChatHandle | undefined) | null = null;

  function run(...words: unknown[]): (() => void) | undefined {
    if (!first) return void waiting.push(words);
    const chat = first();
    const [command, ...given] = words;
    const name = String(command);
    if (chat && isCommand(chat, name)) return Reflect.apply(chat[name], chat, given);
    return warn(`there is no command "${name}".`);
  }
  run.add = add;

  // A variable of that name that belongs to the page stays as it is; then there are no commands.
  if (before || !Object.keys(window).includes("CustomGPTWidget")) window.CustomGPTWidget = run;

  return {
    serve(chats) {
      first = chats;
      for (const words of waiting.splice(0)) run(...words);
    },
    close() {
      if (window.CustomGPTWidget === run) delete window.CustomGPTWidget;
    },
  };
}
