/** Renders a table that scrolls sideways; a long one in parts, so that not all rows are laid out at once. */
import type { ComponentChildren } from "preact";
import { type Direction, directionOf } from "../../markdown/text-direction.ts";
import type { Block, Inline } from "../../markdown/types.ts";
import { renderInlines } from "./inlines.tsx";
import { chunk } from "../../builtins/chunk.ts";
import { WideBlock } from "./extras/wide-block.tsx";
import { memo } from "../ui/memo.ts";
import type { RenderContext } from "./types.ts";

type Table = Extract<Block, { kind: "table" }>;
type Cells = Table["head"];
/** `around` is the table's text direction. */
type Setting = Pick<Table, "align"> & { around: Direction | null; context: RenderContext };

const rowsTogether = 16;
/** Maximum of cells that browsers lay out quickly; a larger table becomes several, each with the head. */
const cellsTogether = 600;

function cellProps(cell: readonly Inline[], column: number, { align, around }: Setting) {
  const side = align[column];
  const own = directionOf(cell);
  const dir = own && own !== around ? own : undefined;
  // In a cell with the opposite direction, its end is the table's start.
  const isAtEnd = (side === "right") !== Boolean(dir);
  return {
    ...(dir && { dir }),
    ...(side === "center" ? { class: "align-center" } : isAtEnd && { class: "align-right" }),
  };
}

const Rows = memo(({ rows, ...setting }: Setting & Pick<Table, "rows">) =>
  rows.map((row) => <Row key={row.key} cells={row.cells} {...setting} />),
);

const Row = memo(({ cells, ...setting }: Setting & { cells: Cells }) => (
  <tr>
    {cells.map((cell, index) => (
      <td key={index} {...cellProps(cell, index, setting)}>
        {renderInlines(cell, setting.context)}
      </td>
    ))}
  </tr>
));

const Part = memo(({ head, rows, ...setting }: Setting & Pick<Table, "head" | "rows">) => (
  <table>
    <thead>
      <tr>
        {head.map((cell, index) => (
          <th key={index} scope="col" {...cellProps(cell, index, setting)}>
            {renderInlines(cell, setting.context)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {chunk(rows, rowsTogether).map((some, index) => (
        <Rows key={index} rows={some} {...setting} />
      ))}
    </tbody>
  </table>
));

type TableSetting = Omit<Setting, "align">;

/** `way` has the table's direction if it differs from that of its surroundings. */
export function renderTable(
  { head, rows, align }: Table,
  way: { dir?: Direction },
  setting: TableSetting,
): ComponentChildren {
  const parts = chunk(rows, Math.ceil(cellsTogether / Math.max(1, head.length)));
  return (
    <WideBlock tag="div" class="table" label={setting.context.texts.scrollable} {...way}>
      {(parts.length > 0 ? parts : [rows]).map((some, index) => (
        <div key={index} class="part">
          <Part head={head} rows={some} align={align} {...setting} />
        </div>
      ))}
    </WideBlock>
  );
}
