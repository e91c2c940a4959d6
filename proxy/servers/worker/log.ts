/** Log on workerd, where pino cannot run: JSON lines in pino's form, through the console. */
import type { Log } from "../../http/log.ts";

const severities = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: Number.POSITIVE_INFINITY };

/** Writes lines of at least `level`. Of an error: its name, message and stack. */
export function createConsoleLog(
  level: keyof typeof severities,
  clock: () => number,
  write: (line: string) => void,
): Log {
  const minLevel = severities[level];
  const at = (severity: number) => (fields: object, message: string) => {
    if (severity < minLevel) return;
    const time = new Date(clock()).toISOString();
    write(JSON.stringify({ level: severity, time, ...fields, msg: message }, plain));
  };
  return { info: at(severities.info), warn: at(severities.warn), error: at(severities.error) };
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Error
    ? { type: value.name, message: value.message, stack: value.stack ?? "" }
    : value;
}
