/** Parser of request bodies in upstream's three forms: JSON, multipart, urlencoded. */
import { Refusal } from "./refusal.ts";

/** Names and values; a repeated name, or one that ends in `[]`, has an array. Files are left out. */
export type Fields = Readonly<Record<string, unknown>>;

/** Parses `bytes` by content type. Throws a `Refusal` 400 when they do not match it. */
export async function readFields(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Fields> {
  if (bytes.byteLength === 0) return {};
  if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(contentType)) {
    return readForm(bytes, contentType);
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    throw new Refusal(400, "The request body is not valid JSON");
  }
}

async function readForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Fields> {
  const fields: Record<string, unknown> = {};
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw new Refusal(400, "The request body is not a valid form");
  }
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === "string");
    if (values.length === 0) continue;
    if (name.endsWith("[]")) fields[name.slice(0, -2)] = values;
    else fields[name] = values.length > 1 ? values : values[0];
  }
  return fields;
}

/** A text field without outer space, or undefined when it is missing, empty or no text. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** Every way working clients write yes: `true`, `1`, `"true"`, `"1"`. */
export function isYes(value: unknown): boolean {
  return value === true || value === 1 || value === "1" || value === "true" || value === "True";
}
