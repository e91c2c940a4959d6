/** Table of the benchmark's figures, for a terminal. */
import { median, type Figures } from "./measures.ts";

/** Targets: our figure compared with nginx's (with what each adds to no proxy, where marked so), or by itself. */
const targets: Readonly<
  Record<string, { max: number; of: "nginx" | "added" | "more than nginx" | "itself" }>
> = {
  "first event, ms": { max: 3, of: "added" },
  "CPU s per 100,000 events": { max: 2, of: "nginx" },
  "CPU µs per JSON request": { max: 5, of: "nginx" },
  "MB per 1,000 slow streams": { max: 25, of: "more than nginx" },
  "stop to upstream's end, ms": { max: 10, of: "itself" },
  "MB more for 100 stuck readers": { max: 40, of: "itself" },
  "upstream calls they hold": { max: 0, of: "itself" },
};

const columns = ["direct", "nginx", "bare node", "ours"];

export function table(found: ReadonlyMap<string, readonly Figures[]>): string {
  const figure = (name: string, row: string) =>
    median(
      (found.get(name) ?? [])
        .flatMap((figures) => figures[row] ?? [])
        .filter((value) => !Number.isNaN(value)),
    );
  const rows = [...new Set([...(found.get("ours") ?? [])].flatMap((figures) => Object.keys(figures)))];
  const lines = rows.map((row) => {
    const [direct = 0, nginx = 0, node = 0, ours = 0] = columns.map((name) => figure(name, row));
    const beside = `${(ours / node).toFixed(2)} ×`;
    return [row, ...[direct, nginx, node, ours].map(shown), beside, judged(row, direct, nginx, ours)];
  });
  const all = [["", ...columns, "beside node", "  ours beside nginx"], ...lines];
  return all
    .map(([name = "", ...cells]) => name.padEnd(32) + cells.map((cell) => cell.padStart(12)).join(""))
    .join("\n");
}

function judged(row: string, direct: number, nginx: number, ours: number): string {
  const target = targets[row];
  if (!target) return `  ${(ours / nginx).toFixed(2)} ×`;
  const value = {
    nginx: ours / nginx,
    added: (ours - direct) / (nginx - direct),
    "more than nginx": ours - nginx,
    itself: ours,
  }[target.of];
  const unit = target.of === "nginx" ? " ×" : target.of === "added" ? " × what nginx adds" : "";
  const verdict = value <= target.max ? "kept" : "MISSED";
  return `  ${value.toFixed(2)}${unit} (at most ${target.max}: ${verdict})`;
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "-";
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
