/** Terminal of people, drawn by @clack/prompts. */
import type { Writable } from "node:stream";
import type { WriteStream } from "node:tty";
import {
  autocomplete,
  type CANCEL_SYMBOL,
  confirm,
  isCancel,
  log,
  password,
  progress,
  select,
  text,
} from "@clack/prompts";
import { wrapAnsi } from "fast-wrap-ansi";
import { Interrupted, type Choice, type Terminal } from "./terminal.ts";

/** Columns that the marks at a line's beginning take, and one to spare. */
const margin = 4;

/** From this many choices on, they can be searched. */
const manyChoices = 8;
/** Steps of a bar whose total is not known. */
const barLength = 100;

function answered<Value>(given: Value | typeof CANCEL_SYMBOL): Value {
  if (isCancel(given)) throw new Interrupted();
  return given;
}

/**
 * `watchExit` calls its argument when the process ends until the function that it returned is called, which is how
 * clack answers Ctrl-C while a bar is drawn; `interrupted` says and does then what Ctrl-C has to.
 */
export function createClackTerminal(
  output: WriteStream,
  watchExit: (listener: () => void) => () => void,
  interrupted: () => void,
): Terminal {
  const wrapped = (message: string) => wrapAnsi(message, output.columns - margin, { trim: false });
  return {
    isInteractive: true,
    say: (message) => log.message(wrapped(message), { output }),
    done: (message) => log.success(wrapped(message), { output }),
    warn: (message) => log.warn(wrapped(message), { output }),
    write: (words) => void output.write(words),
    secret: async ({ text: message }) => answered(await password({ message, output })),
    text: async ({ text: message }, initial, check) =>
      answered(
        await text({
          message,
          output,
          ...(initial === "" ? {} : { placeholder: initial, defaultValue: initial }),
          validate: (given) => check(given?.trim() || initial) ?? undefined,
        }),
      ).trim(),
    async choose({ text: message }, choices) {
      const index = answered(await chosen(message, choices, output));
      const choice = choices[index];
      if (!choice) throw new Error(`There is no choice ${index}.`);
      return choice.value;
    },
    confirm: async ({ text: message }, initialValue) =>
      answered(await confirm({ message, initialValue, output })),
    bar(message) {
      const drawn = progress({ max: barLength, output });
      const unwatch = watchExit(interrupted);
      let reached = 0;
      drawn.start(message);
      return {
        update(now, done, total) {
          const wanted = total ? Math.floor((barLength * (done ?? 0)) / total) : reached;
          drawn.advance(
            Math.max(0, wanted - reached),
            total === null ? now : `${now} (${done ?? 0} of ${total})`,
          );
          reached = Math.max(reached, wanted);
        },
        stop(last) {
          unwatch();
          drawn.stop(last);
        },
      };
    },
  };
}

function chosen(
  message: string,
  choices: readonly Choice<unknown>[],
  output: Writable,
): Promise<number | typeof CANCEL_SYMBOL> {
  const options = choices.map(({ label, hint }, value) => ({
    value,
    label,
    ...(hint === undefined ? {} : { hint }),
  }));
  return choices.length < manyChoices
    ? select({ message, options, output })
    : autocomplete({ message, options, output, maxItems: 10, placeholder: "Type to search" });
}
