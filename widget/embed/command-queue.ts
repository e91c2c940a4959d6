/**
 * The one global function, `CustomGPTWidget(command, ...arguments)`: takes commands from before the script arrived on.
 *
 * A page that wants to call it early puts this stub above its first call:
 * `window.CustomGPTWidget=window.CustomGPTWidget||function(){(CustomGPTWidget.q=CustomGPTWidget.q||[]).push(arguments)}`
 */
import type { ChatHandle } from "./handle.ts";
import { warn } from "./warn.ts";

type AddTag = NonNullable<NonNullable<Window["CustomGPTWidget"]>["add"]>;

export type CommandQueue = {
  /** Runs what waits, and everything from now on, on whichever chat is the first. */
  serve(first: () => ChatHandle | undefined): void;
  /** Takes the global away. */
  close(): void;
};

const isCommand = (chat: ChatHandle, word: string): word is keyof ChatHandle =>
  Object.keys(chat).includes(word);

/**
 * Null when the widget has the page already: then that one is told of our tag, and this script has nothing more to do.
 * `add` is how a later run of the script tells this one of its tag.
 */
export function openCommandQueue(current: HTMLOrSVGScriptElement | null, add: AddTag): CommandQueue | null {
  const found = window.CustomGPTWidget;
  // An element of that id or name is found here too, and so are fields of a form as its members.
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

  // Something else of that name, if it is the page's own, is left alone; then there are no commands.
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
