/** Message and status of an upstream error, read from every shape that was seen. */
import { fields, firstText, list, parse } from "./parse.ts";

/** The message in a parsed error: `data.message`, `message`, `error` as text or object, `errors` by field; or "". */
export function errorMessage(value: unknown): string {
  if (typeof value === "string") return value;
  const body = fields(value);
  if (!body) return "";
  const error = fields(body["error"]);
  const message = firstText(
    fields(body["data"])?.["message"],
    body["message"],
    body["error"],
    error?.["message"],
    error?.["error"],
    body["detail"],
    body["data"],
  );
  if (message !== null) return message;
  for (const complaints of Object.values(fields(body["errors"]) ?? {})) {
    const complaint = firstText(complaints, ...list(complaints));
    if (complaint !== null) return complaint;
  }
  return "";
}

/** The status an error names inside its body, or null. */
export function errorCode(value: unknown): number | null {
  const body = fields(value);
  const error = fields(body?.["error"]);
  for (const code of [fields(body?.["data"])?.["code"], body?.["code"], error?.["code"], body?.["status"]]) {
    const number = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
    if (typeof number === "number" && number >= 400 && number < 600) return number;
  }
  return null;
}

/** The message in an error response's body, JSON or not. */
export function bodyMessage(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "(empty body)";
  const parsed = parse(trimmed);
  if (parsed !== undefined) return errorMessage(parsed) || "(no message)";
  if (!trimmed.startsWith("<")) return trimmed;
  const title = /<title[^<>]*>([^<]{1,200})/i.exec(trimmed)?.[1]?.trim();
  return title ? `(an HTML page: ${title})` : "(an HTML page)";
}
