/** Draws what stands inside a paragraph, heading or cell: emphasis, code, links, markers. */
import type { ComponentChildren } from "preact";
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { plainText } from "../markdown/plain-text.ts";
import type { Inline } from "../markdown/tree.ts";
import type { Texts } from "../text/texts.ts";
import { drawLink, drawMarker, drawNote, drawPicture } from "./answer-links.tsx";
import type { Footnotes } from "./footnotes.ts";
import { GrowingText } from "./growing-text.tsx";
import type { Leading } from "./leading.ts";
import { steady } from "./steady.ts";

/** What all parts of one answer are drawn with; the same object as long as nothing of it changes. */
export type AnswerLook = {
  readonly growing: boolean;
  readonly citations: readonly Citation[];
  readonly texts: Texts;
  readonly leading: Leading;
  /** The hosts whose pictures may be loaded, with spaces between them. */
  readonly pictures: string;
  readonly footnotes: Footnotes;
  /** Puts text on the clipboard; absent where there is none. */
  readonly copy: ((text: string) => Promise<void>) | undefined;
};

const tags = { strong: "strong", emphasis: "em", strike: "del" } as const;

const Run = steady(({ inlines, look }: { inlines: readonly Inline[]; look: AnswerLook }) =>
  drawInlines(inlines, look),
);

export function drawInlines(inlines: readonly Inline[], look: AnswerLook, inLink = false): ComponentChildren {
  const isMarked = look.growing || look.citations.length > 0 || look.footnotes.size > 0;
  return inlines.map((inline, index) =>
    drawInline(inline, index, look, isMarked && isMarker(inlines[index + 1]), inLink),
  );
}

const isMarker = (inline: Inline | undefined) => inline?.kind === "marker" || inline?.kind === "note";

function drawInline(
  inline: Inline,
  key: number,
  look: AnswerLook,
  isBeforeMarker: boolean,
  inLink: boolean,
): ComponentChildren {
  switch (inline.kind) {
    case "text":
      // A number never stands alone at the front of a line.
      return (
        <GrowingText key={key} text={isBeforeMarker ? inline.text.replace(/ $/, "\u202f") : inline.text} />
      );
    case "code":
      return (
        <code key={key}>
          <GrowingText text={inline.text} />
        </code>
      );
    case "break":
      return <br key={key} />;
    case "run":
      return <Run key={key} inlines={inline.inlines} look={look} />;
    case "marker":
      return drawMarker(inline.number, key, look);
    case "note":
      return drawNote(inline.label, key, look);
    case "link":
      return drawLink(inline, plainText(inline.inlines), drawInlines(inline.inlines, look, true), key, look);
    case "image":
      return drawPicture(inline, key, look, inLink);
    default: {
      const Tag = tags[inline.kind];
      return <Tag key={key}>{drawInlines(inline.inlines, look, inLink)}</Tag>;
    }
  }
}
