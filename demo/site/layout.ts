/** Wraps a page's content into a whole document: head, navigation, footer and the one tag. */
import { escapeText } from "./escape.ts";
import type { Fragment } from "./fragment.ts";
import { pages, type Page } from "./pages.ts";

const name = "customgpt-widget";

/** Where the guide's front page is, and what stands in place of the chat, while the site has another front. */
export type Beside = { home: string; aboutChat: string };

const chatTag = '<script src="/widget.js" async></script>';

/** A document whose `page` is null stands outside the navigation, such as the one for a missing page. */
export function layout(fragment: Fragment, page: Page | null, origin: string, beside?: Beside): string {
  const document = drawDocument(fragment, page, origin);
  if (!beside) return document;
  return document
    .replaceAll('href="/"', `href="${beside.home}"`)
    .replace(chatTag, "")
    .replace("<article>", () => `<article>\n<p class="note">${beside.aboutChat}</p>`);
}

function drawDocument(fragment: Fragment, page: Page | null, origin: string): string {
  const title = escapeText(page?.path === "/" ? fragment.title : `${fragment.title} · ${name}`);
  const description = escapeText(fragment.description);
  const address = page && escapeText(origin + page.path);
  const head = [
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${title}</title>`,
    `<meta name="description" content="${description}">`,
    `<meta name="color-scheme" content="light dark">`,
    `<meta property="og:title" content="${escapeText(fragment.title)}">`,
    `<meta property="og:description" content="${description}">`,
    `<meta property="og:type" content="website">`,
    `<meta property="og:site_name" content="${name}">`,
    address && `<meta property="og:url" content="${address}">`,
    address && `<link rel="canonical" href="${address}">`,
    page?.listed ? "" : `<meta name="robots" content="noindex">`,
    `<link rel="icon" href="/mark.svg" type="image/svg+xml">`,
    `<link rel="stylesheet" href="/site.css">`,
  ].filter(Boolean);
  return `<!doctype html>
<html lang="en">
<head>
${head.join("\n")}
</head>
<body${page?.wide ? ' class="wide"' : ""}>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><img src="/mark.svg" alt="" width="28" height="28"><span>${name}</span></a>
<details class="menu"><summary>Menu</summary>${navigation(page, "Pages, in the menu")}</details>
</header>
<div class="frame">
<div class="side">${navigation(page, "Pages")}</div>
<main id="content" tabindex="-1"${page?.path === "/" ? ' class="home"' : ""}>
<article>
${fragment.content}
</article>
${page ? neighbours(page) : ""}
</main>
${contents(fragment)}
</div>
<footer class="foot"><p>MIT licence. Made for agents of CustomGPT.ai; not made or endorsed by CustomGPT.ai.</p></footer>
${page?.module ? `<script type="module" src="${page.module}"></script>\n` : ""}${chatTag}
</body>
</html>
`;
}

function navigation(current: Page | null, label: string): string {
  const groups = [...new Set(pages.map((page) => page.group))].map((group) => {
    const links = pages
      .filter((page) => page.group === group && !page.below)
      .map((page) => `<li>${link(page, currency(page, current))}</li>`);
    return `<p>${group}</p><ul>${links.join("")}</ul>`;
  });
  return `<nav class="pages" aria-label="${label}">${groups.join("")}</nav>`;
}

/** Marks the link to the current page, or to the one that leads to it. */
function currency(page: Page, current: Page | null): string {
  if (page === current) return ' aria-current="page"';
  return page.path === current?.below ? ' aria-current="true"' : "";
}

function link(page: Page, attributes = ""): string {
  return `<a href="${page.path}"${attributes}>${page.label}</a>`;
}

function contents({ sections }: Fragment): string {
  if (sections.length < 3) return "";
  const links = sections.map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`);
  return `<nav class="contents" aria-label="On this page"><p>On this page</p><ul>${links.join("")}</ul></nav>`;
}

function neighbours(page: Page): string {
  const row = pages.filter(({ below }) => below === page.below);
  const place = row.indexOf(page);
  const before = row[place - 1];
  const after = row[place + 1];
  const links = [before && link(before, ' rel="prev"'), after && link(after, ' rel="next"')].filter(Boolean);
  return `<nav class="neighbours" aria-label="Previous and next page">${links.join("")}</nav>`;
}
