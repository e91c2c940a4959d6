/** Renders an answer's blocks; finished ones are skipped, and long ones are rendered in pieces. */
import type { ComponentChildren } from "preact";
import { directionOf, type Direction } from "../../markdown/text-direction.ts";
import type { Block, Inline, ListItem } from "../../markdown/types.ts";
import { CodeBlock } from "./code/code-block.tsx";
import { renderInlines } from "./inlines.tsx";
import { renderTable } from "./table.tsx";
import { useAnswerStatus } from "./answer-status.ts";
import { isLong } from "./footnotes.ts";
import { chunk } from "../../builtins/chunk.ts";
import { RepairedText } from "./text-repair.tsx";
import { memo } from "../ui/memo.ts";
import type { RenderContext } from "./types.ts";

/** `around` is the text direction of the surrounding block. */
type Setting = { around: Direction | null; context: RenderContext };
/** `dir` of a block whose direction differs from that of its surroundings. */
type Way = { dir?: Direction };

const groupSize = 16;
/** Number of finished runs, of 2 kB each, in one element; only hostile paragraphs have more. */
const runsTogether = 2;
/** Levels below the panel's heading and that of the message. */
const headings = ["h4", "h4", "h5", "h6", "h6", "h6"] as const;

const BlockView = memo(({ block, around, context }: Setting & { block: Block }) => {
  const own = directionOf(block);
  const way = own && own !== around ? { dir: own } : {};
  return renderBlock(block, way, { around: own ?? around, context });
});

const Items = memo(({ items, ...setting }: Setting & { items: readonly ListItem[] }) =>
  items.map((item) => <Item key={item.key} item={item} {...setting} />),
);

const Item = memo(({ item: { task, blocks }, ...setting }: Setting & { item: ListItem }) => {
  if (task === null) return <li>{renderBlocks(blocks, setting)}</li>;
  return (
    <li class="task">
      <input type="checkbox" disabled checked={task} aria-label={setting.context.texts.task} />
      {renderBlocks(blocks, setting)}
    </li>
  );
});

/**
 * A very long paragraph is rendered in parts, so that only its end is laid out when it grows. The end is rendered as the
 * start of the run that it will become, so that a selection in it is kept.
 */
function renderParagraph(inlines: readonly Inline[], way: Way, context: RenderContext): ComponentChildren {
  const finished = inlines.filter((inline) => inline.kind === "run");
  const end: Inline = { kind: "run", inlines: inlines.slice(finished.length) };
  const parts = chunk([...finished, end], runsTogether);
  return parts.map((some, index) => (
    <p key={index} {...(parts.length > 1 && { class: "part" })} {...way}>
      {renderInlines(some, context)}
    </p>
  ));
}

function renderList(list: Extract<Block, { kind: "list" }>, way: Way, setting: Setting): ComponentChildren {
  const items = chunk(list.items, groupSize).map((some, index) => (
    <Items key={index} items={some} {...setting} />
  ));
  // A tight list has paragraphs too: adding them at the first blank line would create every item again.
  const Tag = list.start === null ? "ul" : "ol";
  return (
    <Tag class={list.loose ? "loose" : "tight"} {...(list.start !== null && { start: list.start })} {...way}>
      {items}
    </Tag>
  );
}

type FootnoteProps = Setting & { note: Extract<Block, { kind: "footnote" }>; way: Way };

/** Footnotes that may only name a source are hidden until the end shows which do, so that none disappears again. */
function Footnote({ note, way, ...setting }: FootnoteProps) {
  const { streaming, footnotes } = useAnswerStatus(setting.context.status);
  if (footnotes.get(note.label) || (streaming && !isLong(note.blocks))) return null;
  return (
    <div class="footnote" {...way}>
      <sup>{note.label}</sup>
      <div>{renderBlocks(note.blocks, setting)}</div>
    </div>
  );
}

function renderBlock(block: Block, way: Way, setting: Setting): ComponentChildren {
  const { context } = setting;
  switch (block.kind) {
    case "paragraph":
      return renderParagraph(block.inlines, way, context);
    case "heading": {
      const Tag = headings[block.level - 1] ?? "h6";
      return <Tag {...way}>{renderInlines(block.inlines, context)}</Tag>;
    }
    case "code":
      return <CodeBlock block={block} context={context} />;
    case "quote":
      return <blockquote {...way}>{renderBlocks(block.blocks, setting)}</blockquote>;
    case "footnote":
      return <Footnote note={block} way={way} {...setting} />;
    case "list":
      return renderList(block, way, setting);
    case "table":
      return renderTable(block, way, setting);
    case "rule":
      return <hr />;
  }
}

function renderBlocks(blocks: readonly Block[], setting: Setting): ComponentChildren {
  return blocks.map((block) => <BlockView key={`${block.key}${block.kind}`} block={block} {...setting} />);
}

const Group = memo(
  ({ blocks, whole, ...setting }: Setting & { blocks: readonly Block[]; whole: boolean }) => (
    <div class={whole ? "blocks whole" : "blocks"}>
      {blocks.map((block) => (
        <RepairedText key={`${block.key}${block.kind}`} among={setting.context.drawn}>
          <BlockView block={block} {...setting} />
        </RepairedText>
      ))}
    </div>
  ),
);

/** Blocks of an answer, in groups, so that browsers can skip the layout of groups that are not visible. */
export function renderAnswer(
  blocks: readonly Block[],
  around: Direction | null,
  context: RenderContext,
): ComponentChildren {
  const all = chunk(blocks, groupSize);
  return all.map((some, index) => (
    <Group key={index} blocks={some} whole={index < all.length - 1} around={around} context={context} />
  ));
}
