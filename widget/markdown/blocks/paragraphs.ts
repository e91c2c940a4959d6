/** Paragraphs: adds lines, removes leading definitions, cuts very long ones into runs. */
import { createNode, type BlockNode } from "./node.ts";
import { parseInlines } from "../inlines/parse-inlines.ts";
import { type Definition, isUnfinishedDefinition, readDefinition } from "../inlines/links.ts";

type Define = (definition: Definition) => void;

const step = 2048;
const maxTries = 4;
const window = 512;

/** Removes leading definitions. With `next`, only those that this next line cannot change. */
function takeDefinitions(paragraph: BlockNode, define: Define, next?: string): void {
  while (paragraph.text.startsWith("[") && !paragraph.children.length) {
    const found = readDefinition(paragraph.text);
    if (!found) return;
    const whole = found.end >= paragraph.text.length;
    const mayGrow = whole
      ? !found.value.titled && /^["'(]/.test(next ?? "")
      : next !== undefined && isUnfinishedDefinition(paragraph.text);
    if (mayGrow) return;
    define(found.value);
    paragraph.text = paragraph.text.slice(found.end);
  }
}

/** Adds a line, or with `sameLine` more of the last one. */
export function growParagraph(paragraph: BlockNode, text: string, define: Define, sameLine = false): void {
  if (!sameLine && paragraph.text) takeDefinitions(paragraph, define, text);
  if (!sameLine && (paragraph.text || paragraph.children.length)) paragraph.text += "\n";
  paragraph.text += text;
  cutRuns(paragraph);
}

/** Removes the remaining definitions of a finished paragraph. Returns whether text is left. */
export function finishParagraph(paragraph: BlockNode, define: Define): boolean {
  takeDefinitions(paragraph, define);
  return Boolean(paragraph.text.trim() || paragraph.children.length);
}

/**
 * Cuts finished runs off the start of a long text, so that it is not parsed again as a whole when it grows. A cut is at
 * the first white space after each 2048th character where no inline is open, after 8192 characters anywhere. It depends
 * on the text only, so a streamed paragraph is cut like a complete one.
 */
function cutRuns(paragraph: BlockNode): void {
  for (;;) {
    const { text } = paragraph;
    const from = step * (paragraph.tried + 1);
    if (text.length <= from + window) return;
    paragraph.tried++;
    const forced = paragraph.tried === maxTries;
    const blank = text.slice(from, from + window).search(/[ \n]/);
    if (blank < 0 && !forced) continue;
    let end = from + (blank < 0 ? window : blank);
    if (/[\udc00-\udfff]/.test(text[end] ?? "")) end--;
    // At the start of the rest it would be an empty line.
    if (text[end] === "\n") end++;
    const front = text.slice(0, end);
    const probe = { streaming: false, base: undefined, find: () => null };
    if (!forced && parseInlines(front, probe).unclosed) continue;
    const run = createNode("run", paragraph.children.length, paragraph);
    run.text = front;
    paragraph.children.push(run);
    paragraph.text = text.slice(end);
    paragraph.tried = 0;
  }
}
