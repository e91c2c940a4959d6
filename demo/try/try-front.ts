/** The demo's front while the chat is tried on a site: its page, style sheet and the site's icon, and notes in the guide. */
import type { Progress } from "../../proxy/standin/crawler/read-site.ts";
import { escapeText } from "../site/escape.ts";
import type { Front } from "../site/site.ts";
import { drawReading, drawTried } from "./page.ts";
import type { SiteToTry, TriedSite } from "./tried-site.ts";
import styles from "./try.css?raw";

export type TryFront = Front & {
  /** More is known of the site. */
  progress: (progress: Progress) => void;
  /** It is read, and the agent can answer. */
  ready: (site: TriedSite) => void;
};

export function createTryFront({ address, maxPages }: Pick<SiteToTry, "address" | "maxPages">): TryFront {
  let known: Progress | null = null;
  let tried: TriedSite | null = null;
  return {
    progress: (progress) => void (known = progress),
    ready: (site) => void (tried = site),
    home: "/guide",
    aboutChat: `The chat is on the <a href="/">front page</a> and answers from ${escapeText(address.host)}. To ask this guide instead, run <code>npm start</code> alone.`,
    answer(path) {
      switch (path) {
        case "/":
          return tried
            ? { type: html, body: drawTried(tried) }
            : { type: html, body: drawReading(address, known, maxPages), refreshSeconds: 2 };
        case "/try.css":
          return { type: "text/css; charset=utf-8", body: styles };
        case "/try-icon":
          return tried?.icon ?? null;
        default:
          return null;
      }
    },
  };
}

const html = "text/html; charset=utf-8";
