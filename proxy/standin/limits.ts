/** Limits of the stand-in, in one table, so that it stays small for any input. */

export const limits = {
  /** Bytes of one request body. */
  body: 2_000_000,
  /** Characters of one prompt. Upstream's own limit is not published. */
  prompt: 16_000,
  /** Bytes of one fetched sitemap or page. */
  download: 3_000_000,
  /** Milliseconds for one request of a fetch; each redirect is one more. */
  downloadMs: 10_000,
  /** Redirects followed for one fetch, each checked like a first address. */
  redirects: 5,
  /** Sitemaps read when one lists others. */
  sitemaps: 20,
  /** Pages indexed for one project. */
  pages: 300,
  /** Pages fetched at the same time. */
  fetches: 4,
  /** For a site that its operator named, which is somebody's server on the internet. */
  site: {
    /** Pages requested at the same time; one where the site asks for pauses. */
    fetches: 2,
    /** Milliseconds between the beginnings of two requests, and the longest that are waited where a site asks for more. */
    pauseMs: 250,
    maxPauseMs: 10_000,
    /** Milliseconds and bytes for all pages together. */
    allMs: 900_000,
    allBytes: 60_000_000,
    /** Refusals and silences in a row after which the site is left alone. */
    failures: 6,
    /** Bytes of a robots.txt that are read (RFC 9309 wants 500 KiB), of a sitemap and of an icon. */
    robots: 512_000,
    sitemap: 12_000_000,
    icon: 200_000,
  },
  projects: 50,
  conversations: 2_000,
  /** Messages stored in one conversation, and in all of them together. */
  messages: 500,
  allMessages: 5_000,
  /** Requests recorded for tests, and characters of each body. */
  seen: 1_000,
  seenBody: 8_000,
} as const;
