/** Draws an answer's blocks; finished ones are skipped, and long ones are drawn in pieces that can be skipped. */
import type { ComponentChildren } from "preact";
import { plainText } from "../markdown/plain-text.ts";
import type { Block, ListItem } from "../markdown/tree.ts";
import { CodeBlock } from "./answer-code.tsx";
import { type AnswerLook, drawInlines } from "./answer-inlines.tsx";
import { useEnding } from "./ending.ts";
import { groups } from "./groups.ts";
import { Sideways } from "./sideways.tsx";
import { steady } from "./steady.ts";

type Table = Extract<Block, { kind: "table" }>;
type Cells = Table["head"];

const groupSize = 16;
/** Below the header's own and the one that says who speaks. */
const headings = ["h4", "h4", "h5", "h6", "h6", "h6"] as const;

const BlockView = steady(({ block, look }: { block: Block; look: AnswerLook }) => drawBlock(block, look));

const Items = steady(({ items, look }: { items: readonly ListItem[]; look: AnswerLook }) =>
  items.map((item) => <Item key={item.key} item={item} look={look} />),
);

const Item = steady(({ item, look }: { item: ListItem; look: AnswerLook }) => {
  const { task, blocks } = item;
  if (task === null) return <li>{drawBlocks(blocks, look)}</li>;
  const [first] = blocks;
  const label = first && "inlines" in first ? plainText(first.inlines) : "";
  return (
    <li class="task">
      <input type="checkbox" disabled checked={task} aria-label={label} />
      {drawBlocks(blocks, look)}
    </li>
  );
});

const Rows = steady(({ rows, align, look }: Pick<Table, "rows" | "align"> & { look: AnswerLook }) =>
  rows.map((row) => <Row key={row.key} cells={row.cells} align={align} look={look} />),
);

const Row = steady(({ cells, align, look }: { cells: Cells; align: Table["align"]; look: AnswerLook }) => (
  <tr>
    {cells.map((cell, index) => (
      <td key={index} {...alignment(align[index])}>
        {drawInlines(cell, look)}
      </td>
    ))}
  </tr>
));

function alignment(side: Table["align"][number] | undefined): { class?: string } {
  return side ? { class: `align-${side}` } : {};
}

function drawTable({ head, rows, align }: Table, look: AnswerLook): ComponentChildren {
  return (
    <Sideways tag="div" label={look.texts.scrollable}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" {...alignment(align[index])}>
                {drawInlines(cell, look)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups(rows, groupSize).map((some, index) => (
            <Rows key={index} rows={some} align={align} look={look} />
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

function drawList(list: Extract<Block, { kind: "list" }>, look: AnswerLook): ComponentChildren {
  const items = groups(list.items, groupSize).map((some, index) => (
    <Items key={index} items={some} look={look} />
  ));
  // A tight list gets its paragraphs too: were they added with the first blank line, every item would be made anew.
  const name = list.loose ? "loose" : "tight";
  return list.start === null ? (
    <ul class={name}>{items}</ul>
  ) : (
    <ol class={name} start={list.start}>
      {items}
    </ol>
  );
}

type FootnoteProps = { note: Extract<Block, { kind: "footnote" }>; look: AnswerLook };

/** Which footnotes are no more than a source's name is known at the end; until then none is shown, or it would vanish. */
function Footnote({ note, look }: FootnoteProps) {
  const { growing, footnotes } = useEnding(look.ending);
  if (growing || footnotes.get(note.label)) return null;
  return (
    <div class="footnote">
      <sup>{note.label}</sup>
      <div>{drawBlocks(note.blocks, look)}</div>
    </div>
  );
}

function drawBlock(block: Block, look: AnswerLook): ComponentChildren {
  switch (block.kind) {
    case "paragraph":
      return <p>{drawInlines(block.inlines, look)}</p>;
    case "heading": {
      const Tag = headings[block.level - 1] ?? "h6";
      return <Tag>{drawInlines(block.inlines, look)}</Tag>;
    }
    case "code":
      return <CodeBlock block={block} look={look} />;
    case "quote":
      return <blockquote>{drawBlocks(block.blocks, look)}</blockquote>;
    case "footnote":
      return <Footnote note={block} look={look} />;
    case "list":
      return drawList(block, look);
    case "table":
      return drawTable(block, look);
    case "rule":
      return <hr />;
  }
}

function drawBlocks(blocks: readonly Block[], look: AnswerLook): ComponentChildren {
  return blocks.map((block) => <BlockView key={`${block.key}${block.kind}`} block={block} look={look} />);
}

const Group = steady(
  ({ blocks, whole, look }: { blocks: readonly Block[]; whole: boolean; look: AnswerLook }) => (
    <div class={whole ? "blocks whole" : "blocks"}>{drawBlocks(blocks, look)}</div>
  ),
);

/** All blocks of an answer, in groups of which browsers need not lay out those out of sight. */
export function drawAnswer(blocks: readonly Block[], look: AnswerLook): ComponentChildren {
  const all = groups(blocks, groupSize);
  return all.map((some, index) => (
    <Group key={index} blocks={some} whole={index < all.length - 1} look={look} />
  ));
}
