/** The folders of source code in ARCHITECTURE.md: one sentence each, checked against the folders that there are. */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** @type {Readonly<Record<string, string>>} */
const sentences = {
  widget: "The two entry points: `tag.ts` (script tag) and `module.ts` (ES module).",
  "widget/app": "Starts the chat when the visitor opens it; preloads what comes next; counts unread answers.",
  "widget/browser/api": "Client of the proxy: requests, event stream, checks of what arrives.",
  "widget/browser/platform": "Browser services: clipboard, tab channel, wanted languages, viewport.",
  "widget/browser/storage": "Conversations, notes of a tab and panel state, stored.",
  "widget/builtins": "Safe forms of built-ins that pages change or engines lack.",
  "widget/conversation":
    "State machine of a conversation: ask, stream, stop, retry, resume, restore. No DOM.",
  "widget/conversation/tabs": "One conversation and one stream for all tabs.",
  "widget/embed": "What is on the page from the start: option sources, launcher, custom element, handle.",
  "widget/embed/typings": "Types for pages: the element, its attributes and events, the global function.",
  "widget/i18n": "Matches wanted languages to tables; loads messages.",
  "widget/i18n/locales": "One table of messages for each language; English in three, by load stage.",
  "widget/markdown": "Incremental markdown parser; keeps finished nodes while an answer streams.",
  "widget/markdown/blocks": "Block structure: paragraphs, lists, tables, code.",
  "widget/markdown/inlines": "Inline structure: emphasis, links, code spans, entities.",
  "widget/options": "Table of options, parsers of their values, colours and contrast.",
  "widget/page": "The host page: its address, its text, the passage that a citation names.",
  "widget/view": "Preact view: mounts the panel, holds the chat's context, joins the parts below.",
  "widget/view/a11y": "Announcements for screen readers (`announcer` reads answers); focus.",
  "widget/view/actions":
    "Entry of what a visitor can do once an answer is there; its parts are in their folders.",
  "widget/view/answer": "Renders an answer: markdown, links, citation marks, images.",
  "widget/view/answer/code": "Code blocks and their highlighting.",
  "widget/view/answer/extras": "What only some answers need: scroll regions, tools of code blocks.",
  "widget/view/citations":
    "Citations of an answer as cards; their marks in the text are in `view/answer/links.tsx`.",
  "widget/view/contact": "Contact form and other ways to reach the owner.",
  "widget/view/export": "Conversation as text, on paper.",
  "widget/view/feedback": "Buttons under an answer: copy, rate; the reason for a rating.",
  "widget/view/history": "List of earlier conversations.",
  "widget/view/panel": "What an opened panel shows: header, menu, welcome, composer.",
  "widget/view/problem": "Sentences for problem codes; error boundaries.",
  "widget/view/question": "Questions: editing, queueing, drafts, length, the page they are about.",
  "widget/view/transcript": "List of turns, why each ended, jump to the latest.",
  "widget/view/ui": "Parts without knowledge of the chat: buttons, icons, sheets, toasts.",
  proxy: "`app.ts`: every middleware and route on one screen. `deps.ts`: what routes are given.",
  "proxy/answering": "Life of an answer: starts the turn, asks the agent, writes the response, recovers.",
  "proxy/auth": "Visitor tokens, digests of turn secrets, the owner's identity JWTs.",
  "proxy/auth/proof-of-work": "Challenges for new visitors.",
  "proxy/bench": "Benchmarks against nginx and bare Node.",
  "proxy/cli": "`npm run check-setup`: checks of a deployed proxy.",
  "proxy/account": "The owner's account upstream, for set-up.",
  "proxy/env-file": "Reads and writes `.env`.",
  "proxy/setup": "`npm run setup`: from a key to a `.env`.",
  "proxy/setup/terminal": "Prompts for people, plain lines for scripts.",
  "proxy/contact": "Posts messages to the owner's webhook.",
  "proxy/crypto": "Key derivation, sealed ids, a bounded map.",
  "proxy/fuzz": "Random requests and upstream answers, for tests.",
  "proxy/http": "Reading requests, refusals, client address, log lines.",
  "proxy/limits": "Rates, concurrent streams and budgets; decides and books in one step.",
  "proxy/limits/redis": "The same in Redis, for several instances.",
  "proxy/metrics": "Prometheus metrics and request ids.",
  "proxy/middleware": "What requests pass: log, limits, CORS; the kill switch, which answering asks.",
  "proxy/protocol": "What widget and proxy exchange: paths, bodies, events, problem codes. Imports nothing.",
  "proxy/redis": "Connection to Redis.",
  "proxy/routes": "One file for each route.",
  "proxy/servers": "What all servers share: rules of admission, upstream, check of agents.",
  "proxy/servers/node": "Node server: start, HTTP, logs, shutdown.",
  "proxy/servers/standin": "Proxy with the stand-in, for demo and tests; no part of the server.",
  "proxy/servers/worker": "Worker for workerd and Cloudflare, with a Durable Object.",
  "proxy/settings": "Table of settings, read from the environment.",
  "proxy/standin": "Stand-in for CustomGPT.ai's API, for tests and demos.",
  "proxy/standin/content": "Search engine for answers.",
  "proxy/standin/crawler": "Reads robots.txt, sitemaps, pages.",
  "proxy/standin/faults": "Faults that tests switch on.",
  "proxy/standin/routes": "Routes of the stand-in.",
  "proxy/standin/stream": "Its answer as a stream of pieces.",
  "proxy/standin/wire": "Bodies, envelopes and refusals of that API.",
  "proxy/turns":
    "Turns: log of events, readers, writer, Stop (which aborts the upstream call), store in memory.",
  "proxy/turns/redis": "Turns in Redis: replication, ownership, takeover after a crash.",
  "proxy/upstream": "Client of CustomGPT.ai's API; maps its errors, removes the key from its texts.",
  "proxy/upstream/agent": "Public profile and images of an agent.",
  "proxy/upstream/answer": "Reads an answer: stream, body, citations, stored transcript.",
  "proxy/upstream/resilience": "Circuit breaker, fair queues, pauses, caches.",
  "proxy/upstream/transport": "HTTP by undici or `fetch`; refuses private addresses.",
  "proxy/usage": "Counts reads and followers of an answer against their limits.",
  demo: "Proxy, widget, stand-in and guide on one port.",
  "demo/bench": "Benchmarks in a browser.",
  "demo/gallery": "Every state of the chat on one page.",
  "demo/markdown": "Browser tests of markdown.",
  "demo/recipes": "Where the tag goes, by platform.",
  "demo/try": "The chat on one's own site.",
  "demo/site": "Renders the guide's pages, `demo/*/page.html`.",
};

const isSource = (/** @type {string} */ path) =>
  /\.tsx?$/.test(path) && !/\.(test|e2e|wp|bench)\.tsx?$/.test(path);

/** @param {string} root */
function foldersIn(root) {
  const files = ["widget", "proxy", "demo"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((name) =>
      join(top, name).replaceAll("\\", "/"),
    ),
  );
  const sources = files.filter((path) => isSource(path) && !/\/testing\//.test(path));
  return new Set(sources.map((path) => dirname(path)));
}

/**
 * @param {string} root
 * @returns {string} a list, nested by folder
 */
export function folderList(root) {
  const folders = foldersIn(root);
  const wrong = [
    ...[...folders].filter((name) => !(name in sentences)).map((name) => `has no sentence for ${name}/`),
    ...Object.keys(sentences).flatMap((name) =>
      folders.has(name) ? [] : `names ${name}/, which has no source`,
    ),
  ];
  if (wrong.length > 0) throw new Error(wrong.map((each) => `.commands/docs/folders.js ${each}.`).join("\n"));
  return Object.entries(sentences)
    .map(([name, sentence]) => `- \`${name}/\`: ${sentence}`)
    .join("\n");
}
