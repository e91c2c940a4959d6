/** Handler of uncaught errors: logs one JSON line without any request's contents, then exits. */
import { writeSync } from "node:fs";
import { errorOutline } from "../../http/safe-error.ts";

/** Bypasses the log, so that no level hides it and nothing stays in a buffer. 60 is pino's `fatal`. */
export function endOnCrash(): void {
  const end = (error: unknown) => {
    const line = { level: 60, time: new Date().toISOString(), ...errorOutline(error), msg: "crash" };
    try {
      writeSync(2, `${JSON.stringify(line)}\n`);
    } finally {
      process.exit(1);
    }
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}
