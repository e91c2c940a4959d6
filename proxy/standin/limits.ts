/** Limits of the stand-in, in one table, so that it stays small for any input. */

export const limits = {
  /** Bytes of one request body. */
  body: 2_000_000,
  /** Characters of one prompt. Upstream's own limit is not published. */
  prompt: 16_000,
  /** Bytes of one fetched sitemap or page. */
  download: 3_000_000,
  /** Milliseconds for one fetch, redirects included. */
  downloadMs: 10_000,
  /** Redirects followed for one fetch, each checked like a first address. */
  redirects: 5,
  /** Sitemaps read when one lists others. */
  sitemaps: 20,
  /** Pages indexed for one project. */
  pages: 300,
  /** Pages fetched at the same time. */
  fetches: 4,
  projects: 50,
  conversations: 2_000,
  /** Messages stored in one conversation, and in all of them together. */
  messages: 500,
  allMessages: 5_000,
  /** Requests recorded for tests, and characters of each body. */
  seen: 1_000,
  seenBody: 8_000,
} as const;
