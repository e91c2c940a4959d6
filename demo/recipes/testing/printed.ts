/** What a page of the guide prints for readers to paste. */
import { parseDocument } from "htmlparser2";
import { exampleProxy } from "../tag.ts";

type Node = ReturnType<typeof parseDocument>["children"][number];

const wordsIn = (node: Node): string =>
  "data" in node ? node.data : "children" in node ? node.children.map(wordsIn).join("") : "";

const everyNode = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...("children" in node ? everyNode(node.children) : [])]);

/** The first text to copy on the page, or the one for that file or field. */
export function printed(html: string, place?: string): string {
  const found = everyNode(parseDocument(html).children).find(
    (node) =>
      "attribs" in node &&
      node.name === "pre" &&
      (place === undefined || node.attribs["data-place"] === place),
  );
  if (!found) throw new Error(`The page prints nothing to paste into ${place ?? "anything"}.`);
  return wordsIn(found);
}

/** The same for a proxy at this address, as a reader is told to change it. */
export const printedFor = (proxy: string, html: string, place?: string): string =>
  printed(html, place).replaceAll(exampleProxy, proxy);
