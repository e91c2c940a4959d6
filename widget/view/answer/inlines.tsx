/** Renders inlines of a paragraph, heading or cell: emphasis, code, links, markers. */
import type { ComponentChildren } from "preact";
import { plainText } from "../../markdown/inlines/plain-text.ts";
import type { Inline } from "../../markdown/types.ts";
import { renderLink, renderImage, Marker, Note } from "./links.tsx";
import { StreamingText } from "./streaming-text.tsx";
import { memo } from "../ui/memo.ts";
import type { RenderContext } from "./types.ts";

const tags = { strong: "strong", emphasis: "em", strike: "del" } as const;

const Run = memo(({ inlines, context }: { inlines: readonly Inline[]; context: RenderContext }) =>
  renderInlines(inlines, context),
);

export function renderInlines(
  inlines: readonly Inline[],
  context: RenderContext,
  inLink = false,
): ComponentChildren {
  return inlines.map((inline, index) => renderInline(inline, index, inlines, context, inLink));
}

const isMarker = (inline: Inline | undefined) => inline?.kind === "marker" || inline?.kind === "note";

function renderInline(
  inline: Inline,
  key: number,
  among: readonly Inline[],
  context: RenderContext,
  inLink: boolean,
): ComponentChildren {
  const before = among[key - 1];
  const isAfterSpace = before?.kind === "text" && before.text.endsWith(" ");
  switch (inline.kind) {
    case "text":
      // The marker renders the space before it, because only the answer's end decides what it becomes.
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
      return <Run key={key} inlines={inline.inlines} context={context} />;
    case "marker":
      return <Marker key={key} number={inline.number} isAfterSpace={isAfterSpace} context={context} />;
    case "note":
      return <Note key={key} label={inline.label} isAfterSpace={isAfterSpace} context={context} />;
    case "link":
      return renderLink(
        inline,
        plainText(inline.inlines),
        renderInlines(inline.inlines, context, true),
        key,
        context,
      );
    case "image":
      return renderImage(inline, key, context, inLink);
    default: {
      const Tag = tags[inline.kind];
      return <Tag key={key}>{renderInlines(inline.inlines, context, inLink)}</Tag>;
    }
  }
}
