/** Envelopes of upstream's responses: success, error, list pages, dates. */

const type = { "content-type": "application/json" };

/** JSON as the recorded bodies have it: slashes escaped, as PHP writes them. */
export function encode(body: unknown): string {
  return JSON.stringify(body).replaceAll("/", "\\/");
}

/** A body without an envelope around it. */
export function plain(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(encode(body), { status, headers: { ...type, ...headers } });
}

/** `data` first and `status` last, as recorded. */
export function success(data: unknown, status = 200): Response {
  return plain({ data, status: "success" }, status);
}

/** `url` is the requested address; `code` repeats the status. */
export function failure(
  url: string,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return plain({ status: "error", url, data: { code: status, message } }, status, headers);
}

export type ListQuery = {
  /** The address of the list with its query. */
  url: string;
  /** As requested, counted from 1; anything else is read as 1. */
  page: string | undefined;
  size: number;
};

/** One page of a list with everything around it, as the Laravel framework writes it. */
export function paginate<Item>(items: readonly Item[], query: ListQuery) {
  const last = Math.max(1, Math.ceil(items.length / query.size));
  const asked = Number(query.page ?? 1);
  const page = Number.isInteger(asked) && asked > 0 ? asked : 1;
  const start = (page - 1) * query.size;
  const data = items.slice(start, start + query.size);
  const path = query.url.split("?")[0] ?? query.url;
  const at = (number: number) => `${path}?page=${number}`;
  return {
    current_page: page,
    data,
    first_page_url: at(1),
    from: data.length > 0 ? start + 1 : null,
    last_page: last,
    last_page_url: at(last),
    next_page_url: page < last ? at(page + 1) : null,
    path,
    per_page: query.size,
    prev_page_url: page > 1 ? at(page - 1) : null,
    to: data.length > 0 ? start + data.length : null,
    total: items.length,
  };
}

/** `2023-06-25T17:01:11.000000Z` */
export function date(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `25 Jun 2023 05:01:11`: twelve hours without AM or PM. Recorded in 2023. */
export function oddDate(ms: number): string {
  const when = new Date(ms);
  const two = (number: number) => String(number).padStart(2, "0");
  const hour = when.getUTCHours() % 12 || 12;
  const time = [hour, when.getUTCMinutes(), when.getUTCSeconds()].map(two).join(":");
  return `${two(when.getUTCDate())} ${months[when.getUTCMonth()]} ${when.getUTCFullYear()} ${time}`;
}
