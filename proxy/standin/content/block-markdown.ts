/** Blocks of a page in reading order: headings, paragraphs, lists, code, tables, as markdown and as plain text. */
import type { Element, HtmlNode } from "./html-tree.ts";
import { descendants, isInline, lineOf, rawText } from "./html-tree.ts";
import { inlineMarkdown, isUnread } from "./inline-markdown.ts";

export type Block = {
  kind: "heading" | "text" | "list" | "code" | "table" | "quote";
  /** 1 to 6 for headings; a question that opens its answer (`<summary>`, `<dt>`) is 7. Else 0. */
  level: number;
  markdown: string;
  /** Plain text, for searching. */
  words: string;
};

const headings = new Map<string, number>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, number] => [`h${level}`, level]),
  ["summary", 7],
  ["dt", 7],
]);

/** The blocks inside an element. `base` is the page's address, or null when it has none. */
export function blocksOf(element: Element, base: string | null): Block[] {
  const blocks: Block[] = [];
  let line: HtmlNode[] = [];
  const endLine = () => {
    const markdown = inlineMarkdown(line, base)
      .replace(/ *\n */g, "\n")
      .replace(/^(\\\n)+|(\\\n)+$|^\s+|\s+$/g, "");
    const words = lineOf({ name: "", attributes: {}, children: line });
    line = [];
    if (markdown !== "") blocks.push({ kind: "text", level: 0, markdown: escapeStart(markdown), words });
  };
  for (const child of element.children) {
    if (typeof child === "string" || isInline(child)) {
      line.push(child);
      continue;
    }
    endLine();
    if (!isUnread(child)) blocks.push(...blockOf(child, base));
  }
  endLine();
  return blocks;
}

function blockOf(element: Element, base: string | null): Block[] {
  const level = headings.get(element.name);
  const words = lineOf(element);
  const block = (kind: Block["kind"], markdown: string): Block[] =>
    markdown.trim() === "" ? [] : [{ kind, level: level ?? 0, markdown, words }];
  if (level !== undefined) return block("heading", words);
  switch (element.name) {
    case "pre":
      return block("code", fence(element));
    case "ul":
    case "ol":
      return block("list", list(element, base));
    case "table":
      return block("table", table(element, base));
    case "blockquote":
      return block("quote", joined(blocksOf(element, base)).replace(/^/gm, "> "));
    default:
      return blocksOf(element, base);
  }
}

/** Blocks one below the other, as one text. */
export function joined(blocks: readonly Block[]): string {
  return blocks
    .map((block) => (block.kind === "heading" ? `**${block.markdown}**` : block.markdown))
    .join("\n\n");
}

function fence(element: Element): string {
  const code = rawText(element).replace(/^\n|\s+$/g, "");
  if (code.trim() === "") return "";
  const inner = [element, ...descendants(element)];
  const language = inner
    .map((part) => /(?:^|\s)lang(?:uage)?-([\w+#-]+)/.exec(part.attributes["class"] ?? "")?.[1])
    .find((name) => name !== undefined);
  const maxRun = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(maxRun + 1);
  return `${ticks}${language ?? ""}\n${code}\n${ticks}`;
}

function list(element: Element, base: string | null): string {
  const items = element.children.filter((child) => typeof child !== "string" && child.name === "li");
  const first = Number(element.attributes["start"] ?? 1);
  return items
    .map((item, index) => {
      const marker = element.name === "ol" ? `${(Number.isInteger(first) ? first : 1) + index}. ` : "- ";
      const inner = typeof item === "string" ? [] : blocksOf(item, base);
      const short = inner.every((block) => block.kind === "text" || block.kind === "list");
      const text = short ? inner.map((block) => block.markdown).join("\n") : joined(inner);
      return marker + text.replace(/\n(?!\n|$)/g, `\n${" ".repeat(marker.length)}`);
    })
    .join("\n");
}

function table(element: Element, base: string | null): string {
  const rows = [...descendants(element)]
    .filter((row) => row.name === "tr")
    .map((row) =>
      row.children.flatMap((cell) =>
        typeof cell !== "string" && /^t[hd]$/.test(cell.name) ? [cellText(cell, base)] : [],
      ),
    );
  const [head, ...body] = rows;
  if (head === undefined) return "";
  const width = Math.max(...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, column) => cells[column] ?? "").join(" | ")} |`;
  return [
    line(head),
    line(head.map(() => "---").concat(Array(width - head.length).fill("---"))),
    ...body.map(line),
  ].join("\n");
}

function cellText(cell: Element, base: string | null): string {
  const blocks = blocksOf(cell, base);
  return blocks.map((block) => block.markdown.replace(/\\?\n/g, " ").replaceAll("|", "\\|")).join(" ");
}

/** Escapes text that would start a heading, a list or a quote. */
function escapeStart(markdown: string): string {
  return markdown.replace(/^([#>+-]|={2,})/, "\\$1").replace(/^(\d+)([.)] )/, "$1\\$2");
}
