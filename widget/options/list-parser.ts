/** Parser of an option that takes several texts. */
import { maxTextLength, type Option } from "./parsers.ts";

/** Several texts: a JSON array, or one string with `|` between them. */
export const list = /* @__NO_SIDE_EFFECTS__ */ (): Option<readonly string[] | null> => ({
  fallback: null,
  read: (given) => {
    let items = given;
    if (typeof given === "string") {
      try {
        items = given.trim().startsWith("[") ? JSON.parse(given) : given.split("|");
      } catch {
        return undefined;
      }
    }
    if (!Array.isArray(items) || !items.every((item) => typeof item === "string")) return undefined;
    return items.map((item: string) => item.trim()).filter((item) => item && item.length <= maxTextLength);
  },
});
