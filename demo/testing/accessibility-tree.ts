/** Accessibility tree of the chat as text: one line for each item that a screen reader stops at. */
import type { CDPSession, Page } from "playwright-core";

type Node = Awaited<ReturnType<typeof treeOf>>[number];

const treeOf = async (session: CDPSession) => (await session.send("Accessibility.getFullAXTree")).nodes;

/** Roles without a line of their own: layout, and the pieces of a broken line of text. */
const silent = /^(none|generic|InlineTextBox|LineBreak|ListMarker|LayoutTable.*)$/;

/** Roles whose name contains their whole content. */
const namedByContent = /^(button|link|menuitem|heading|cell|columnheader|checkbox|StaticText)$/;

const states = ["expanded", "pressed", "checked", "disabled", "modal", "live", "busy", "hasPopup"];

export async function accessibilityTree(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const nodes = await treeOf(session);
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const chat = nodes.find((node) => node.properties?.some(({ name }) => name === "expanded"));
  const top = chat?.parentId === undefined ? undefined : byId.get(chat.parentId);
  return top ? linesOf(top, byId, "").join("\n") : "";
}

function linesOf(node: Node, byId: ReadonlyMap<string, Node>, indent: string): string[] {
  const role = String(node.role?.value ?? "");
  const isSilent = node.ignored || silent.test(role);
  const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? []);
  const below = joinTexts(
    children.flatMap((child) => linesOf(child, byId, isSilent ? indent : `${indent}  `)),
  );
  if (isSilent) return below;
  const line = indent + describe(node, role);
  const [only = ""] = below;
  if (below.length === 1 && only.trimStart().startsWith('text "')) {
    // A line of text belongs to the line of its parent.
    return [namedByContent.test(role) ? line : `${line}: ${only.trimStart().slice("text ".length)}`];
  }
  return namedByContent.test(role) && !below.some((each) => /^ *(button|link)/.test(each))
    ? [line]
    : [line, ...below];
}

/** Joins consecutive texts, which screen readers read as one. */
function joinTexts(lines: readonly string[]): string[] {
  return lines.reduce<string[]>((joined, line) => {
    const [, indent = "", words = ""] = /^( *)text "(.*)"$/.exec(line) ?? [];
    const before = joined.at(-1);
    if (words === "" || !before?.startsWith(`${indent}text "`)) return [...joined, line];
    return [...joined.slice(0, -1), `${before.slice(0, -1)}${words}"`];
  }, []);
}

function describe(node: Node, role: string): string {
  const [name, description] = [node.name?.value, node.description?.value].map((each) =>
    String(each ?? "").replace(/\s+/g, " "),
  );
  const level = node.properties?.find((property) => property.name === "level");
  const said = (node.properties ?? [])
    .filter((property) => states.includes(property.name))
    .map((property) => [property.name, property.value.value] as const)
    .filter(
      ([state, value]) =>
        (value !== false && value !== "false") || state === "expanded" || state === "pressed",
    )
    .map(([state, value]) => (value === true || value === "true" ? state : `${state}: ${String(value)}`));
  return [
    role === "StaticText" ? "text" : role,
    level && role === "heading" ? String(level.value.value) : "",
    name ? JSON.stringify(name) : "",
    description ? `(${description})` : "",
    said.length > 0 ? `[${said.join(", ")}]` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
