/** The hands that only asking needs, in a file of its own: clipboard, and the page one is on. */
export { copyText } from "./clipboard.ts";
export { followStarters } from "./starters-by-page.ts";
