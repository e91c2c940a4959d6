/** Writes an answer's tree as HTML text, and brings HTML into a form that can be compared. For tests only. */
import { ElementType, parseDocument } from "htmlparser2";
import { safeLink } from "../safe-url.ts";
import type { Block, Inline } from "../types.ts";

export const base = "https://base.example/";

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const attribute = (name: string, value: string | number) =>
  value === "" ? "" : ` ${name}="${escape(String(value))}"`;

export function inlinesToHtml(inlines: readonly Inline[]): string {
  return inlines.map(inlineToHtml).join("");
}

function inlineToHtml(inline: Inline): string {
  switch (inline.kind) {
    case "text":
      return escape(inline.text);
    case "code":
      return `<code>${escape(inline.text)}</code>`;
    case "break":
      return "<br>\n";
    case "marker":
      return `[${inline.number}]`;
    case "note":
      return `[^${inline.label}]`;
    case "run":
      return inlinesToHtml(inline.inlines);
    case "image":
      return `<img src="${escape(inline.href ?? "")}" alt="${escape(inline.text)}"${attribute("title", inline.title)}>`;
    case "link": {
      const href = inline.href === null ? "" : ` href="${escape(inline.href)}"`;
      return `<a${href}${attribute("title", inline.title)}>${inlinesToHtml(inline.inlines)}</a>`;
    }
    default: {
      const tag = { strong: "strong", emphasis: "em", strike: "del" }[inline.kind];
      return `<${tag}>${inlinesToHtml(inline.inlines)}</${tag}>`;
    }
  }
}

export function toHtml(blocks: readonly Block[], tight = false): string {
  return blocks.map((block) => blockToHtml(block, tight)).join("\n");
}

function blockToHtml(block: Block, tight: boolean): string {
  switch (block.kind) {
    case "paragraph":
      return tight ? inlinesToHtml(block.inlines) : `<p>${inlinesToHtml(block.inlines)}</p>`;
    case "heading":
      return `<h${block.level}>${inlinesToHtml(block.inlines)}</h${block.level}>`;
    case "code":
      return `<pre><code${attribute("class", (block.language && `language-${block.language}`) || "")}>${escape(block.text)}</code></pre>`;
    case "quote":
      return `<blockquote>${toHtml(block.blocks)}</blockquote>`;
    case "footnote":
      return `<aside id="${escape(block.label)}">${toHtml(block.blocks)}</aside>`;
    case "rule":
      return "<hr>";
    case "list": {
      const items = block.items.map((item) => {
        const box =
          item.task === null ? "" : `<input type="checkbox"${item.task ? ' checked=""' : ""} disabled=""> `;
        return `<li>${box}${toHtml(item.blocks, !block.loose)}</li>`;
      });
      const start = block.start === null || block.start === 1 ? "" : ` start="${block.start}"`;
      const tag = block.start === null ? "ul" : "ol";
      return `<${tag}${start}>${items.join("\n")}</${tag}>`;
    }
    case "table": {
      const row = (cells: readonly (readonly Inline[])[], tag: string) =>
        `<tr>${cells.map((cell, at) => `<${tag}${attribute("align", block.align[at] ?? "")}>${inlinesToHtml(cell)}</${tag}>`).join("")}</tr>`;
      const body = block.rows.map((each) => row(each.cells, "td")).join("");
      return `<table><thead>${row(block.head, "th")}</thead>${body && `<tbody>${body}</tbody>`}</table>`;
    }
  }
}

const blockTags = new Set(
  "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol li hr table thead tbody tr th td".split(" "),
);

type Node = ReturnType<typeof parseDocument>["children"][number];

function write(nodes: readonly Node[], verbatim: boolean, from: string | undefined): string {
  return nodes
    .map((node) => {
      if (node.type === ElementType.Text) return verbatim ? node.data : node.data.replace(/\s+/g, " ");
      if (node.type !== ElementType.Tag) return `<!${node.type}>`;
      const inside = write(node.children, verbatim || node.name === "pre", from);
      const attributes = { ...node.attribs };
      for (const name of ["href", "src"]) {
        const value = attributes[name];
        if (value === undefined) continue;
        const href = safeLink(value, from);
        if (href === null) return name === "src" ? (attributes["alt"] ?? "") : inside;
        attributes[name] = href;
      }
      const listed = Object.entries(attributes)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ` ${name}="${value}"`)
        .join("");
      return blockTags.has(node.name)
        ? `\n<${node.name}${listed}>${node.name === "pre" ? inside : inside.trim()}</${node.name}>\n`
        : `<${node.name}${listed}>${inside}</${node.name}>`;
    })
    .join("")
    .replace(/ *\n+ */g, verbatim ? "$&" : "\n");
}

/** HTML with addresses judged as ours are, and with white space that nobody sees taken away. `from` as in `safeLink`. */
export function normalHtml(html: string, from: string | null = base): string {
  return write(parseDocument(html).children, false, from ?? undefined).trim();
}
