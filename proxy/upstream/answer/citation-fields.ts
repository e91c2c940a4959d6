/** Parser of upstream's sources into citations for visitors. */
import type { Citation } from "../../protocol/bodies.ts";
import { fields, id, listIn, parse } from "../parse.ts";
import { written } from "../decode-text.ts";
import { firstWebAddress } from "../safe-url.ts";

/** A source without its place in an answer; `title` is null when it has no name. */
export type Source = Omit<Citation, "id" | "title"> & { title: string | null };

const maxTitleLength = 300;
const maxDescriptionLength = 1000;

/** Reads a citation's fields under all the names that were seen (contract section 5); null when it is no object. */
export function sourceIn(value: unknown): Source | null {
  const body = fields(value);
  if (!body) return null;
  const url = firstWebAddress(
    body["url"],
    body["page_url"],
    body["source_url"],
    body["file_url"],
    body["link"],
  );
  const title = firstWritten(
    maxTitleLength,
    body["title"],
    body["page_title"],
    body["filename"],
    body["file_name"],
    body["name"],
  );
  return {
    title: title ?? (url ? new URL(url).host : null),
    url,
    description: firstWritten(maxDescriptionLength, body["description"], body["snippet"]),
    image: firstWebAddress(body["image"], body["image_url"]),
  };
}

/** One entry of an answer's list of citations: an id to look up, or a complete source. */
export type Reference = { id: number | null; source: Source | null };

/** A list of citations: a JSON list, one written as text, or a PHP list with gaps; null for other values. */
export function citationList(value: unknown): readonly unknown[] | null {
  return listIn(typeof value === "string" ? parse(value) : value);
}

/** Null when the entry is neither. */
export function referenceIn(value: unknown): Reference | null {
  const plain = id(value);
  if (plain !== null) return { id: plain, source: null };
  const body = fields(value);
  if (!body) return null;
  const number = id(body["citation_id"]) ?? id(body["id"]) ?? id(body["page_id"]);
  const source = sourceIn(body);
  const complete = source && (source.title !== null || source.url !== null) ? source : null;
  return number === null && !complete ? null : { id: number, source: complete };
}

/** The source at a place (from 1) of an answer's list. */
export function citationAt(place: number, source: Source): Citation {
  return { id: String(place), ...source, title: source.title ?? `Source ${place}` };
}

function firstWritten(maxLength: number, ...values: unknown[]): string | null {
  for (const value of values) {
    const text = written(value, maxLength);
    if (text !== null) return text;
  }
  return null;
}
