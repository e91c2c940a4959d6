/** Check for a pending jump, before the code that completes it is fetched. */

/** Key of the pending jump in the tab's storage. */
export const name = "customgpt-widget:passage";

export function hasPendingJump(storage: () => Storage): boolean {
  try {
    return storage().getItem(name) !== null;
  } catch {
    return false;
  }
}
