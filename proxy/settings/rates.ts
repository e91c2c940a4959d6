/** Rates as settings: `20/minute,150/hour,500/day`. */
import { listItems, quoted, type Kind } from "./parsers.ts";

/** At most `max` in any span of `seconds`. */
export type Rate = { readonly max: number; readonly seconds: number };

const spans: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Rates with commas between them, or `none`. */
export const rates: Kind<readonly Rate[]> = {
  takes: 'rates such as "20/minute,150/hour,500/day", each span once, or "none"',
  read(given) {
    if (given.toLowerCase() === "none") return { value: [] };
    const found = new Map<number, number>();
    for (const item of listItems(given)) {
      const [, max, span = ""] = /^([1-9]\d{0,8})\/(minute|hour|day)$/i.exec(item) ?? [];
      const seconds = spans[span.toLowerCase()];
      if (max === undefined || seconds === undefined) return { wrong: `has ${quoted(item)}` };
      if (found.has(seconds)) return { wrong: `has two rates for one ${span}` };
      found.set(seconds, Number(max));
    }
    return { value: Array.from(found, ([seconds, max]) => ({ max, seconds })) };
  },
};

/** A rate's default as REFERENCE.md shows it. */
export function ratesText(list: readonly Rate[]): string {
  if (list.length === 0) return "none";
  const spanOf = (seconds: number) => Object.entries(spans).find(([, length]) => length === seconds)?.[0];
  return list.map(({ max, seconds }) => `${max}/${spanOf(seconds) ?? `${seconds} s`}`).join(",");
}
