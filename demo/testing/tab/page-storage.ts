/** Storage of a page, which a test can fill, block or clear. */

/** Its fault. When full, it still takes values shorter than the stored ones. */
export type StorageFault = "none" | "full" | "blocked" | "drops writes";

export type KeptItems = {
  fault: StorageFault;
  readonly items: Map<string, string>;
  /** The storage for one page; `changed` receives the changes of other pages. */
  open(changed: (key: string | null) => void): object;
};

/** `soon` runs a callback after the current work. */
export function createKeptItems(soon: (work: () => void) => void): KeptItems {
  const pages = new Set<(key: string | null) => void>();
  const kept: KeptItems = {
    fault: "none",
    items: new Map(),
    open(changed) {
      pages.add(changed);
      const tell = (key: string | null) => {
        for (const page of pages) if (page !== changed) soon(() => page(key));
      };
      const ask = () => {
        if (kept.fault === "blocked") throw new Error("SecurityError: the storage is refused");
      };
      return {
        get length() {
          return kept.items.size;
        },
        key: (index: number) => [...kept.items.keys()][index] ?? null,
        getItem: (key: string) => (ask(), kept.items.get(key) ?? null),
        setItem(key: string, value: string) {
          ask();
          const before = kept.items.get(key);
          if (kept.fault === "full" && value.length >= (before ?? "").length)
            throw new Error("QuotaExceededError: the storage is full");
          if (kept.fault === "drops writes" || before === value) return;
          kept.items.set(key, value);
          tell(key);
        },
        removeItem: (key: string) => (ask(), kept.items.delete(key) && tell(key)),
        clear: () => (kept.items.clear(), tell(null)),
      };
    },
  };
  return kept;
}
