/** The page on which the chat is tried on a site: which site, what was read, who answers, and what comes next. */
import type { Progress } from "../../proxy/standin/crawler/read-site.ts";
import { escapeText } from "../site/escape.ts";
import { count, foundLine, leftOutCount, leftOutLines } from "./progress-lines.ts";
import { ownTitle } from "./titles.ts";
import type { TriedSite } from "./tried-site.ts";

/** While the site is read: no chat yet. The page asks for itself again by a header, see `try-front.ts`. */
export function drawReading(address: URL, progress: Progress | null, maxPages: number): string {
  const wanted = Math.min(progress?.found ?? 0, maxPages);
  const says = progress
    ? `Read ${progress.read} of ${count(wanted, "page")}, left out ${leftOutCount(progress)}.`
    : "Looking for its robots.txt and its sitemap.";
  return draw(
    `Reading ${address.host}`,
    `<main id="content" class="reading"><h1>Reading ${escapeText(address.host)} …</h1>
<p class="lead" role="status">${says}</p>
<progress max="${wanted || 1}" value="${progress?.read ?? 0}" aria-label="Pages read"></progress>
<p>The chat is here as soon as this is done.</p></main>`,
  );
}

export function drawTried(site: TriedSite): string {
  const { address, icon, name } = site;
  const host = escapeText(address.host);
  const picture = icon ? `<img src="/try-icon" alt="" width="32" height="32">` : "";
  return draw(
    `Ask ${address.host}`,
    `<main id="content" class="tried" tabindex="-1">
<div class="intro">
<p class="site">${picture}<a href="${escapeText(address.href)}" rel="noreferrer">${host}</a></p>
<h1>Ask ${escapeText(name)}</h1>
<p class="lead">This is the chat as your visitors would get it. It has read ${count(site.read, "page")} of ${host}, and answers from ${site.read === 1 ? "it" : "them"} with ${site.read === 1 ? "its source" : "their sources"}.</p>
</div>
<div class="chat" id="chat"></div>
<div class="facts">
<section class="stand-in">
<h2>Who is answering?</h2>
<p>The local stand-in, and not CustomGPT.ai. It looks up the passage that fits the question and copies it out: no account, no language model, and no question leaves this machine. Your agent at CustomGPT.ai writes answers of its own from the same pages.</p>
</section>
${drawReport(site)}
${next}
</div>
</main>`,
    `<script src="/widget.js" data-mode="inline" data-target="#chat" data-memory="page" data-page="off"${languageOf(site)} async></script>`,
  );
}

function drawReport(site: TriedSite): string {
  const reasons = leftOutLines(site).map((line) => `<li>${escapeText(line)}</li>`);
  const leftOut =
    reasons.length > 0
      ? `<details><summary>Left out: ${leftOutCount(site)}, and why</summary><ul>${reasons.join("")}</ul></details>`
      : "";
  const pages = site.pages.map(
    ({ url, title }) =>
      `<li><a href="${escapeText(url)}" rel="noreferrer">${escapeText(ownTitle(title, site.name))}</a></li>`,
  );
  return `<section>
<h2>What has it read?</h2>
<p>${escapeText(foundLine(site))}</p>
<details><summary>Read: ${count(site.read, "page")}</summary><ol>${pages.join("")}</ol></details>
${leftOut}
</section>`;
}

const next = `<section>
<h2>How does it get onto the site?</h2>
<p>One command takes your key of CustomGPT.ai, makes an agent from your site, and writes the settings:</p>
<pre><code>npx customgpt-widget setup</code></pre>
<p class="ways"><a href="/embed">Put it on a site</a> <a href="/proxy">Run the proxy</a> <a href="/guide">Read the guide</a></p>
</section>`;

/** The chat's own texts are in the site's language where that can be one. */
const languageOf = ({ language }: TriedSite) =>
  language && /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(language) ? ` data-language="${language}"` : "";

function draw(title: string, main: string, scripts = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)} · customgpt-widget</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site.css">
<link rel="stylesheet" href="/try.css">
</head>
<body class="try">
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><img src="/mark.svg" alt="" width="28" height="28"><span>customgpt-widget</span></a>
<a href="/guide">Guide</a>
</header>
${main}
${scripts}
</body>
</html>
`;
}
