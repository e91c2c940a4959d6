/** Draws what stands inside a paragraph, heading or cell: emphasis, code, links, markers. */
import type { ComponentChildren } from "preact";
import { plainText } from "../../markdown/inlines/plain-text.ts";
import type { Inline } from "../../markdown/types.ts";
import { drawLink, drawPicture, Marker, Note } from "./links.tsx";
import { StreamingText } from "./streaming-text.tsx";
import { steady } from "../ui/memo.ts";
import type { RenderContext } from "./types.ts";

const tags = { strong: "strong", emphasis: "em", strike: "del" } as const;

const Run = steady(({ inlines, look }: { inlines: readonly Inline[]; look: RenderContext }) =>
  drawInlines(inlines, look),
);

export function drawInlines(
  inlines: readonly Inline[],
  look: RenderContext,
  inLink = false,
): ComponentChildren {
  return inlines.map((inline, index) => drawInline(inline, index, inlines, look, inLink));
}

const isMarker = (inline: Inline | undefined) => inline?.kind === "marker" || inline?.kind === "note";

function drawInline(
  inline: Inline,
  key: number,
  among: readonly Inline[],
  look: RenderContext,
  inLink: boolean,
): ComponentChildren {
  const before = among[key - 1];
  const isAfterSpace = before?.kind === "text" && before.text.endsWith(" ");
  switch (inline.kind) {
    case "text":
      // The space before a marker is the marker's to draw: what that becomes, it knows at the answer's end.
      return (
        <StreamingText
          key={key}
          text={isMarker(among[key + 1]) ? inline.text.replace(/ $/, "") : inline.text}
        />
      );
    case "code":
      return (
        <code key={key} dir="ltr">
          <StreamingText text={inline.text} />
        </code>
      );
    case "break":
      return <br key={key} />;
    case "run":
      return <Run key={key} inlines={inline.inlines} look={look} />;
    case "marker":
      return <Marker key={key} number={inline.number} isAfterSpace={isAfterSpace} look={look} />;
    case "note":
      return <Note key={key} label={inline.label} isAfterSpace={isAfterSpace} look={look} />;
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
