/** Log interface of the running process. */

/** One line a thing worth knowing; named fields only, so that nothing is printed by accident. pino's logger fits. */
export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
