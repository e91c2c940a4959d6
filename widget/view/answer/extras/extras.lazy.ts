/** Extras of some answers: scrolling of wide blocks by keyboard, and the tools of code blocks. */
export { CodeTools } from "./code-tools.tsx";
export { watchWidth } from "./watch-width.ts";
