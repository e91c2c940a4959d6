/** Terminal of scripts and pipes: lines of plain text, and no questions. */
import { type Question, type Terminal, Unanswered } from "./terminal.ts";

/** A bar says a line at most this often, in milliseconds. */
const barPauseMs = 15_000;

const unanswered = (question: Question) => Promise.reject(new Unanswered(question));

export function createPlainTerminal(write: (text: string) => void, clock: () => number): Terminal {
  const line = (text: string) => write(`${text}\n`);
  return {
    isInteractive: false,
    say: line,
    done: line,
    warn: (text) => line(`Warning: ${text}`),
    secret: unanswered,
    text: unanswered,
    choose: unanswered,
    confirm: unanswered,
    write,
    bar(text) {
      let last = clock();
      line(text);
      return {
        update(now, done, total) {
          if (clock() - last < barPauseMs) return;
          last = clock();
          line(total === null ? now : `${now} (${done ?? 0} of ${total})`);
        },
        stop: line,
      };
    },
  };
}
