/** Form of a recipe: where the tag goes on one platform, and what is particular there. Backticks mark code. */

export type Recipe = {
  /** Last part of the page's path. */
  slug: string;
  /** The platform's name. */
  name: string;
  kind: "Any website" | "Site builders" | "Content management systems" | "Apps and static sites";
  /** Where the tag goes, as a phrase for lists. */
  where: string;
  /** What to do, in order; the last step comes before the text to paste. */
  steps: readonly string[];
  /** What to paste, each with the file or the field it goes into. */
  paste: readonly [{ place: string; text: string }, ...{ place: string; text: string }[]];
  /** What to look at besides the button. */
  check: string;
  /** What surprises people on this platform. */
  trap: { question: string; answer: string };
  /** How far the recipe is tried by tests. */
  tried: string;
};
