/** Jumps to passages; fetched when a source of this site is shown, or a visitor arrives through one. */
export { arrive, endPassage } from "../../page/jump-to-passage.ts";
export { citedPassage } from "./cited-passage.ts";
