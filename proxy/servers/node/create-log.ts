/** Log on Node: one JSON line for each event, on standard output. */
import { pino, stdTimeFunctions, type Logger } from "pino";

/** Maximum of buffered bytes, and of milliseconds that they wait. */
const maxWaiting = 8192;
const maxWait = 20;

/**
 * Without host name and process id, which log collectors add. Lines are written in batches, as a write for each would
 * be a tenth of a request's cost. Only `kill -9` loses any.
 */
export function createLog(level: string, file: string | 1 = 1): Logger {
  const out = pino.destination({ dest: file, sync: true, minLength: maxWaiting });
  let isWaiting = false;
  function write(line: string): void {
    out.write(line);
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      out.flush();
    }, maxWait);
  }
  process.once("exit", () => out.flushSync());
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, { write });
}
