/** Remembers, for this tab only, whether the visitor had the chat open, so that the next page can show it open. */

export type OpenState = {
  wasOpen(): boolean;
  /** Written only once there is a conversation: before the visitor's first question nothing is kept. */
  keep(open: boolean): void;
};

/** Works without a memory where storage is blocked. */
export function createOpenState(storage: () => Storage, key: string): OpenState {
  const name = `${key}:open`;
  return {
    wasOpen() {
      try {
        return storage().getItem(name) === "1";
      } catch {
        return false;
      }
    },
    keep(open) {
      try {
        if (open) storage().setItem(name, "1");
        else storage().removeItem(name);
      } catch {
        // The next page shows it closed.
      }
    },
  };
}
