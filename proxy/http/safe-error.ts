/** Loggable outline of an error: its type and stack; its message may quote a visitor. */

/** Named fields for a log line: the error's name, its code if it has one (such as `ECONNRESET`), and its stack's places. */
export function errorOutline(error: unknown): { error: string; code?: string; stack?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error ? error.code : undefined;
  const places = (error.stack ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^at [^\n]+:\d+:\d+\)?$/.test(line));
  return {
    error: error.name,
    ...(typeof code === "string" && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? { code } : {}),
    stack: places,
  };
}
