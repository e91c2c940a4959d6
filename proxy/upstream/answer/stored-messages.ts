/** Stored messages of a conversation, read page by page in all the shapes that were seen. */
import { reactions, type Reaction } from "../../protocol/bodies.ts";
import type { Addresses } from "../urls.ts";
import type { Calls } from "../request.ts";
import { citationList } from "./citation-fields.ts";
import { UpstreamFailure } from "../errors.ts";
import { fields, firstText, id, list, listIn } from "../parse.ts";

/** One record: a question and its answer, with the sources still as ids. */
export type StoredRecord = {
  id: number;
  prompt: string;
  answer: string;
  citations: readonly unknown[];
  reaction: Reaction;
};

type Page = {
  records: StoredRecord[];
  more: boolean;
  /** Number of pages; null when it is not given. */
  last: number | null;
};

const maxPages = 10;

export type StoredMessages = ReturnType<typeof createStoredMessages>;

export function createStoredMessages(calls: Calls, addresses: Addresses) {
  async function page(
    project: number,
    session: string,
    number: number,
    signal: AbortSignal,
    totalMs?: number,
  ): Promise<Page> {
    const body = await calls.json({
      method: "GET",
      // Newest first is the documented default; a test double may have another one.
      url: addresses.messages(project, session, { page: String(number), order: "desc" }),
      about: "session",
      // With a time limit an answer needs it; otherwise a visitor who reads.
      part: totalMs === undefined ? "read" : "source",
      redact: [session],
      ...(totalMs === undefined ? {} : { totalMs }),
      signal,
    });
    return pageIn(body);
  }

  return {
    /** The newest records: a page, or two where the first is not the newest; each in at most `totalMs`. */
    async newest(
      project: number,
      session: string,
      totalMs: number,
      signal: AbortSignal,
    ): Promise<StoredRecord[]> {
      const first = await page(project, session, 1, signal, totalMs);
      if (first.last === null || first.last < 2 || isNewestFirst(first) === true) return first.records;
      const last = await page(project, session, first.last, signal, totalMs);
      return [...first.records, ...last.records];
    },

    /** Everything, oldest first; of a conversation beyond ten pages the newest ten. */
    async all(project: number, session: string, signal: AbortSignal): Promise<StoredRecord[]> {
      const records = new Map<number, StoredRecord>();
      const first = await page(project, session, 1, signal);
      const skipped = isNewestFirst(first) === false ? Math.max(0, (first.last ?? 0) - maxPages) : 0;
      for (let number = skipped + 1; number <= skipped + maxPages; number++) {
        const { records: found, more } = number === 1 ? first : await page(project, session, number, signal);
        const before = records.size;
        for (const record of found) if (!records.has(record.id)) records.set(record.id, record);
        // A page without new records comes from a service that has no pages.
        if (!more || records.size === before) break;
      }
      return [...records.values()].sort((a, b) => a.id - b.id);
    },
  };
}

/** Whether a page is in the requested order, by its ids; null when there are too few ids. */
function isNewestFirst({ records }: Page): boolean | null {
  const first = records[0];
  const last = records.at(-1);
  return first && last && first.id !== last.id ? first.id > last.id : null;
}

/**
 * Finds the list where it is documented (`data.messages.data`) and where test doubles may have it. Throws
 * `UpstreamFailure` when there is none: an unreadable page is not an empty conversation.
 */
function pageIn(body: unknown): Page {
  const data = fields(body)?.["data"];
  for (const holder of [fields(data)?.["messages"], data, fields(body)?.["messages"], body]) {
    const paginator = fields(holder);
    const values = valuesIn(holder, holder !== body);
    if (!values) continue;
    const records = values.flatMap((value) => recordIn(value) ?? []);
    if (records.length === 0 && values.length > 0) break;
    return { records, more: paginator !== null && hasMore(paginator), last: pagesIn(paginator) };
  }
  throw new UpstreamFailure("upstream-down", "stored messages in no shape we know");
}

/** The list that a holder has under `data` or is itself; `{}` counts as one only where a list is expected. */
function valuesIn(holder: unknown, expected: boolean): readonly unknown[] | null {
  const inner = fields(holder)?.["data"];
  const values = listIn(inner ?? holder);
  const isEmptyObject = values?.length === 0 && !Array.isArray(inner ?? holder);
  return isEmptyObject && !(expected && inner) ? null : values;
}

function hasMore(paginator: Readonly<Record<string, unknown>>): boolean {
  // Only whether there is a next URL counts; the URL itself is never called.
  if (firstText(paginator["next_page_url"]) !== null) return true;
  const current = id(paginator["current_page"]);
  const last = pagesIn(paginator);
  return current !== null && last !== null && current < last;
}

function pagesIn(paginator: Readonly<Record<string, unknown>> | null): number | null {
  const last = id(paginator?.["last_page"]);
  if (last !== null) return last;
  const total = id(paginator?.["total"]);
  const each = id(paginator?.["per_page"]);
  return total === null || !each ? null : Math.ceil(total / each);
}

function recordIn(value: unknown): StoredRecord | null {
  const body = fields(value);
  const number = id(body?.["id"]) ?? id(body?.["message_id"]) ?? id(body?.["prompt_id"]);
  if (!body || number === null) return null;
  const feedback = body["response_feedback"];
  const reaction = fields(feedback)?.["reaction"] ?? fields(list(feedback)[0])?.["reaction"] ?? feedback;
  return {
    id: number,
    prompt: firstText(body["user_query"], body["prompt"], body["query"]) ?? "",
    answer: firstText(body["openai_response"], body["response"], body["answer"]) ?? "",
    citations: citationList(body["citations"]) ?? [],
    reaction: reactions.find((known) => known === reaction) ?? "neutral",
  };
}
