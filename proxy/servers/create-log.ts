/** The log: one JSON line a thing on standard output. */
import { pino, stdTimeFunctions, type Logger } from "pino";

/** Without host name and process id: whoever collects the lines knows where they are from. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime });
}
