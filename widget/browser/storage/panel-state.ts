/** Open state of the panel, stored for this tab, so that the next page can open it again. */

const nameIn = (key: string) => `${key}:open`;

/** False too where storage is blocked. */
export function wasOpen(storage: () => Storage, key: string): boolean {
  try {
    return storage().getItem(nameIn(key)) === "1";
  } catch {
    return false;
  }
}

/** Call it only once there is a conversation: before the visitor's first question nothing is stored. */
export function saveOpen(storage: () => Storage, key: string, open: boolean): void {
  try {
    if (open) storage().setItem(nameIn(key), "1");
    else storage().removeItem(nameIn(key));
  } catch {
    // The next page shows it closed.
  }
}
