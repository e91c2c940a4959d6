/** Draws what stands inside a paragraph, heading or cell: emphasis, code, links, markers. */
import type { ComponentChildren } from "preact";
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { safeLink } from "../markdown/safe-link.ts";
import type { Inline } from "../markdown/tree.ts";
import type { Texts } from "../text/texts.ts";
import { GrowingText } from "./growing-text.tsx";
import { type Leading, linkTo } from "./leading.ts";
import { steady } from "./steady.ts";

/** What all parts of one answer are drawn with; the same object as long as nothing of it changes. */
export type AnswerLook = {
  readonly growing: boolean;
  readonly citations: readonly Citation[];
  readonly texts: Texts;
  readonly leading: Leading;
  /** Puts text on the clipboard; absent where there is none. */
  readonly copy: ((text: string) => Promise<void>) | undefined;
};

const tags = { strong: "strong", emphasis: "em", strike: "del" } as const;

const Run = steady(({ inlines, look }: { inlines: readonly Inline[]; look: AnswerLook }) =>
  drawInlines(inlines, look),
);

export function drawInlines(inlines: readonly Inline[], look: AnswerLook): ComponentChildren {
  const isMarked = look.growing || look.citations.length > 0;
  return inlines.map((inline, index) =>
    drawInline(inline, index, look, isMarked && inlines[index + 1]?.kind === "marker"),
  );
}

function drawInline(
  inline: Inline,
  key: number,
  look: AnswerLook,
  isBeforeMarker: boolean,
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
    case "link":
      return drawLink(inline.href, inline.title, drawInlines(inline.inlines, look), key, look);
    case "image":
      return drawLink(inline.href, inline.title, inline.text || inline.href, key, look);
    default: {
      const Tag = tags[inline.kind];
      return <Tag key={key}>{drawInlines(inline.inlines, look)}</Tag>;
    }
  }
}

function drawLink(
  href: string | null,
  title: string,
  children: ComponentChildren,
  key: number,
  { texts, leading }: AnswerLook,
): ComponentChildren {
  if (!href?.startsWith("http")) {
    return (
      <a key={key} {...(href && { href })} {...(title && { title })}>
        {children}
      </a>
    );
  }
  const { props, said } = linkTo(href, null, leading, texts);
  return (
    <a key={key} {...props} {...(title && { title })}>
      {children}
      {said && <span class="unseen"> {said}</span>}
    </a>
  );
}

function drawMarker(number: string, key: number, look: AnswerLook): ComponentChildren {
  const citation = look.citations.find((each) => each.id === number);
  const href = citation?.url && safeLink(citation.url);
  // The sources come last. Until then the marker looks as it will with a source, so that no brackets flash.
  if (!href) return look.growing || citation ? <sup key={key}>{number}</sup> : `[${number}]`;
  const { props, said } = linkTo(href, citation, look.leading, look.texts);
  return (
    <sup key={key}>
      <a class="marker" data-number={number} title={citation.title} {...props}>
        {number}
        {said && <span class="unseen"> {said}</span>}
      </a>
    </sup>
  );
}
