/** Brings an answer's drawn HTML and a specification's into one form, without what the widget adds and markdown does not know. */
import { ElementType, parseDocument } from "htmlparser2";
import { normalHtml } from "../../widget/markdown/testing/html.ts";

type Document = ReturnType<typeof parseDocument>;
type Node = Document["children"][number] | Document;
type Element = Extract<Node, { attribs: object }>;

/** All attributes that markdown knows; the widget's others are for styles, screen readers and safety. */
const known: Record<string, readonly string[]> = {
  a: ["href", "title"],
  img: ["src", "alt", "title"],
  input: ["type", "checked", "disabled"],
  ol: ["start"],
  code: ["class"],
};

const blocks = new Set(["p", "pre", "blockquote", "ul", "ol", "hr", "table", "h4", "h5", "h6"]);
const empty = new Set(["br", "hr", "img", "input"]);

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const isElement = (node: Node | null): node is Element => node?.type === ElementType.Tag;
const has = ({ attribs }: Element, name: string) => (attribs["class"] ?? "").split(" ").includes(name);

/** Buttons that copy code, and words in links that say where they lead and how they open. */
const isAddition = (element: Element) =>
  element.name === "button" || has(element, "unseen") || has(element, "leads-to");

/** Frames that let browsers skip, scroll and paint parts, an empty table's body, and the paragraphs of tight lists. */
function isFrame({ name, parent, children }: Element): boolean {
  if (name === "div" || name === "span") return true;
  if (name === "tbody") return children.length === 0;
  if (name !== "p" || !isElement(parent) || parent.name !== "li") return false;
  const list = parent.parent;
  return isElement(list) && has(list, "tight");
}

/** The widget's tooltip ends with the host that a link leads to, where the text does not tell it. */
function titleOf({ href = "", title = "" }: Element["attribs"]): string {
  const host = URL.canParse(href) ? new URL(href).hostname.replace(/^www\./, "") : "";
  return host && title.endsWith(host) ? title.slice(0, -host.length).replace(/ – $/, "") : title;
}

function attributesOf(element: Element): string {
  const { name, attribs } = element;
  const found = (known[name] ?? []).map((each) => [each, attribs[each]] as const);
  const side = ["left", "center", "right"].find((each) => has(element, `align-${each}`));
  return [...found, ["align", side] as const]
    .map(
      ([each, value]) =>
        [each, each === "title" && name === "a" ? titleOf(attribs) || undefined : value] as const,
    )
    .filter(([each, value]) => value !== undefined && !(each === "start" && value === "1"))
    .map(([each, value]) => ` ${each}="${escape(value ?? "")}"`)
    .join("");
}

function write(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === ElementType.Text) return escape(node.data);
      if (!isElement(node)) return `<!${node.type}>`;
      if (isAddition(node)) return "";
      const inside = write(node.children);
      if (isFrame(node)) return inside;
      const { name } = node;
      const end = empty.has(name) ? "" : `</${name}>`;
      return `<${name}${attributesOf(node)}>${inside}${end}${blocks.has(name) ? "\n" : ""}`;
    })
    .join("");
}

/** What was drawn, as a specification would write it. */
export const undressed = (drawn: string): string => normalHtml(write(parseDocument(drawn).children), null);

/** What a specification expects, with the one thing that the widget draws otherwise: its headings are below the chat's own. */
export function expected(html: string): string {
  const below = (_: string, sign: string, level: string) =>
    `<${sign}h${Math.min(6, Math.max(4, Number(level) + 2))}>`;
  // Behind a task's box a specification has a space, and we a margin.
  const plain = html.replace(/<(\/?)h([1-6])>/g, below).replace(/(<input[^>]*>|<br \/>)\s/g, "$1");
  return normalHtml(plain, null);
}
