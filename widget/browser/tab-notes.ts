/** Small notes for one chat in one tab, such as a question half typed: over a reload they are there again. */

/** Reads a note, or writes it; one without a word is taken away. */
export type Note = (name: string, text?: string) => string;

/** Nothing is kept, and nothing found, while `may` says no. Storage that is blocked or full has no notes. */
export function createTabNotes(storage: () => Storage, key: string, may: () => boolean): Note {
  return (name, text) => {
    try {
      const place = `${key}:${name}`;
      if (text && may()) storage().setItem(place, text);
      else if (text !== undefined) storage().removeItem(place);
      else if (may()) return storage().getItem(place) ?? "";
    } catch {
      // Then it lives as long as the page.
    }
    return text ?? "";
  };
}
