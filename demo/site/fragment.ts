/** Reads a page's fragment: its title and description, and its content with headings that can be linked to. */

export type Fragment = {
  title: string;
  description: string;
  content: string;
  /** The page's second-level headings in order: plain HTML text and the id to link to. */
  sections: { id: string; text: string }[];
};

/** Throws when the opening comment with `title:` and `description:` is missing or incomplete. */
export function readFragment(source: string): Fragment {
  const opening = /^\s*<!--([\s\S]*?)-->/.exec(source);
  const facts = opening?.[1] ?? "";
  const content = source.slice(opening?.[0].length ?? 0).trim();
  return {
    title: fact(facts, "title"),
    description: fact(facts, "description"),
    ...nameHeadings(content),
  };
}

function fact(facts: string, name: string): string {
  const value = new RegExp(`^\\s*${name}:\\s*(.+?)\\s*$`, "m").exec(facts)?.[1];
  if (!value) throw new Error(`A page's opening comment lacks "${name}:".`);
  return value;
}

function nameHeadings(content: string): Pick<Fragment, "content" | "sections"> {
  const sections: Fragment["sections"] = [];
  const taken = new Set<string>();
  const named = content.replace(/<(h[23])>([\s\S]*?)<\/\1>/g, (_, tag: string, words: string) => {
    const text = words.replace(/\s+/g, " ").trim();
    const id = slugOf(text);
    if (taken.has(id)) throw new Error(`Two headings of a page would share the id "${id}".`);
    taken.add(id);
    if (tag === "h2") sections.push({ id, text });
    return `<${tag} id="${id}">${text}</${tag}>`;
  });
  return { content: named, sections };
}

/** A heading's words as an id: "What does it cost?" becomes `what-does-it-cost`. */
function slugOf(html: string): string {
  return html
    .replace(/<[^>]*>|&[a-z#0-9]+;|['’]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
