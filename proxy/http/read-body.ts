/** Reader of JSON request bodies: checks type and length, never inflates, keeps known fields only. */
import * as v from "valibot";
import type { Question } from "../protocol/bodies.ts";
import { hasManyParts } from "./json-parts.ts";
import { Refused } from "./errors.ts";

export type BodyLimits = {
  /** Bytes. */
  largestBody: number;
  /** Characters, counted as code points. */
  longestPrompt: number;
};

const maxTitleLength = 300;

const pageSchema = v.object({
  title: v.pipe(
    v.string(),
    v.transform((title) => Array.from(cleaned(title)).slice(0, maxTitleLength).join("")),
  ),
  url: v.pipe(v.string(), v.maxLength(2048), v.regex(/^https?:\/\/\S+$/i)),
});

/** A question with only the fields of our protocol; unknown ones are dropped, so none can reach upstream. */
const questionSchema = v.object({
  prompt: v.pipe(
    v.string(),
    v.transform(cleaned),
    v.check((prompt) => prompt.trim() !== ""),
  ),
  turn: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i), v.toLowerCase()),
  page: v.optional(pageSchema),
  language: v.optional(v.pipe(v.string(), v.maxLength(35), v.regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i))),
});

/**
 * Throws `Refused`: `bad-request`, or `too-long` for a body or a prompt over its limit. Drops a page of another site
 * than the request's.
 */
export async function readQuestion(request: Request, limits: BodyLimits): Promise<Question> {
  const { prompt, turn, page, language } = parsed(
    questionSchema,
    await readJson(request, limits.largestBody),
  );
  if (isLonger(prompt, limits.longestPrompt)) throw new Refused("too-long");
  const question: Question = { prompt, turn };
  if (page && isPageOf(page.url, request.headers.get("origin"))) question.page = page;
  if (language) question.language = language;
  return question;
}

/** A page may speak of itself only. Who names no origin is no page, and could write any. */
function isPageOf(url: string, origin: string | null): boolean {
  return origin === null || (URL.canParse(url) && new URL(url).origin === origin);
}

/** Throws `bad-request` for a value that does not match the schema. */
export function parsed<Schema extends v.GenericSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (!result.success) throw new Refused("bad-request");
  return result.output;
}

/** Without NUL, which databases refuse, and without halves of surrogate pairs, which UTF-8 cannot write. */
export function cleaned(text: string): string {
  return text.replaceAll("\0", "").replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

/** Counted in code points. */
export function isLonger(text: string, maxLength: number): boolean {
  // A text has at most as many code points as code units, and at least half as many.
  return text.length > maxLength && (text.length > maxLength * 2 || Array.from(text).length > maxLength);
}

/** Throws `bad-request`, or `too-long`. */
export async function readJson(request: Request, largest: number): Promise<unknown> {
  // Anything else could be sent by a foreign site's form without a preflight.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new Refused("bad-request");
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") throw new Refused("bad-request");
  try {
    const bytes = await readBytes(request, largest);
    if (hasManyParts(bytes)) throw new Refused("bad-request");
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return json;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("bad-request");
  }
}

async function readBytes(request: Request, largest: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > largest) throw new Refused("too-long");
  // A server holds a body to the length it declares. Read whole, it needs no stream, which costs more than all checks.
  if (declared !== null) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > largest) throw new Refused("too-long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
