/** Parsers of JSON values whose types vary: each takes any value and returns one type or null. */

/** A JSON object's fields, or null for other values. */
export function fields(value: unknown): Readonly<Record<string, unknown>> | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list as PHP writes it, null for other values: with gaps, or when forced, it is an object with numbers as keys. */
export function listIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const numbered = fields(value);
  return numbered && Object.keys(numbered).every((key) => /^\d+$/.test(key)) ? Object.values(numbered) : null;
}

/** A list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return listIn(value) ?? [];
}

/** The first of the values that is a non-empty string. */
export function firstText(...values: unknown[]): string | null {
  for (const value of values) if (typeof value === "string" && value !== "") return value;
  return null;
}

/**
 * An id as upstream writes it: 12061, "12061" or "12061.0" (recorded in the vendor's own notebooks). Never negative,
 * never beyond what a number holds exactly.
 */
export function id(value: unknown): number | null {
  const number =
    typeof value === "number"
      ? Math.trunc(value)
      : typeof value === "string" && /^\s*\d{1,16}(\.\d*)?\s*$/.test(value)
        ? Math.trunc(Number(value))
        : Number.NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** A boolean as upstream writes it: true, 1, "1", "true"; null and absent mean the default. */
export function flag(value: unknown, fallback: boolean): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value !== "string" || value.trim() === "") return fallback;
  return !/^(0|0\.0+|false|no|off)$/i.test(value.trim());
}

/** Parses JSON; undefined when the text is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
