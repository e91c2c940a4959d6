/** Interface of the terminal that set-up speaks through, so that tests and scripts can bring their own. */

/** A question to the owner. */
export type Question = {
  text: string;
  /** What answers it without a terminal, such as `--agent ID`; said where nobody can be asked. */
  flag: string;
};

export type Choice<Value> = { value: Value; label: string; hint?: string };

type Bar = {
  /** `done` of `total`; a total of null shows that something goes on. */
  update(text: string, done: number | null, total: number | null): void;
  stop(text: string): void;
};

/** Questions reject with `Interrupted` on Ctrl-C, and with `Unanswered` where nobody can be asked. */
export type Terminal = {
  isInteractive: boolean;
  /** Plain information. */
  say(text: string): void;
  /** A step that is done. */
  done(text: string): void;
  warn(text: string): void;
  /** The answer is not shown. */
  secret(question: Question): Promise<string>;
  /** `check` returns what is wrong as a sentence, or null. An empty answer is `initial`. */
  text(question: Question, initial: string, check: (given: string) => string | null): Promise<string>;
  choose<Value>(question: Question, choices: readonly Choice<Value>[]): Promise<Value>;
  confirm(question: Question, initial: boolean): Promise<boolean>;
  bar(text: string): Bar;
  /** Text as it comes, such as an answer's words. */
  write(text: string): void;
};

/** Ctrl-C, at a question or while something is waited for. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** A question that nobody is there to answer: the flag that answers it. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  constructor({ text, flag }: Question) {
    super(`${text.replace(/[?:]$/, "")}: give ${flag}, since there is no terminal to ask in.`);
  }
}
