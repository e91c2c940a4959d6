/** JSON of which nothing is known yet: parsed, and told from other values. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null;

export const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Parses JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
