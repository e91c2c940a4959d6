/** Renders an answer's links, source numbers and images. */
import type { ComponentChildren } from "preact";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { isAllowedPicture } from "../../markdown/allowed-image.ts";
import { namingOf } from "../../markdown/misleading-link.ts";
import { safeLink } from "../../markdown/safe-url.ts";
import type { Inline } from "../../markdown/types.ts";
import { useAnswerStatus } from "./answer-status.ts";
import { StreamingText } from "./streaming-text.tsx";
import { linkTo } from "./link-target.ts";
import { Picture } from "./image.tsx";
import type { RenderContext } from "./types.ts";

type Image = Extract<Inline, { kind: "image" }>;

/** `text` is the plain text of the children; null for an incomplete link. */
export function renderLink(
  { href, title }: { href: string | null; title: string },
  text: string,
  children: ComponentChildren,
  key: number,
  { texts, linkTarget }: RenderContext,
): ComponentChildren {
  const { host, naming } = namingOf(href ?? "", text);
  const link = href?.startsWith("http") ? linkTo(href, null, linkTarget, texts) : null;
  const tellsHost = naming === "unsaid" && link?.relation === "elsewhere";
  const tooltip = [title, tellsHost && host].filter(Boolean).join(" – ");
  return (
    <a key={key} {...(link ? link.props : href && { href })} {...(tooltip && { title: tooltip })}>
      {children}
      {naming === "other" && <bdi class="leads-to"> ({host})</bdi>}
      {link?.hint && <span class="unseen"> {link.hint}</span>}
    </a>
  );
}

/** Images from hosts that are not allowed become links; within a link, their alternative text. */
export function renderImage(
  image: Image,
  key: number,
  context: RenderContext,
  inLink: boolean,
): ComponentChildren {
  const { href, title, text } = image;
  const name = text || (href ?? "");
  const link = inLink ? name : renderLink(image, text, name, key, context);
  if (!href || !isAllowedPicture(href, context.pictures.split(" "))) return link;
  return <Picture key={key} address={href} name={text} title={title} otherwise={link} />;
}

type MarkerProps = { number: string; written?: string; isAfterSpace: boolean; context: RenderContext };

export function Marker({ number, written = `[${number}]`, isAfterSpace, context }: MarkerProps) {
  const { streaming, citations } = useAnswerStatus(context.status);
  const citation = citations.find((each) => each.id === number);
  const address = citation?.url ? safeLink(citation.url) : null;
  // The sources arrive last. Until then the marker has its final style, so that no brackets flash.
  if (!streaming && !citation) return <StreamingText text={`${isAfterSpace ? " " : ""}${written}`} />;
  const link = citation && address?.startsWith("http") && linkIn(address, citation, number, context);
  return <Raised isAfterSpace={isAfterSpace}>{link || <StreamingText text={number} />}</Raised>;
}

function linkIn(href: string, citation: Citation, number: string, context: RenderContext): ComponentChildren {
  const { props, hint } = linkTo(href, citation, context.linkTarget, context.texts);
  return (
    <a class="marker" data-number={number} title={citation.title} {...props}>
      {number}
      {hint && <span class="unseen"> {hint}</span>}
    </a>
  );
}

/** A footnote's label if the answer has the footnote; else a source, like a plain number. */
export function Note({ label, isAfterSpace, context }: Omit<MarkerProps, "number"> & { label: string }) {
  const source = useAnswerStatus(context.status).footnotes.get(label);
  if (source === null)
    return (
      <Raised isAfterSpace={isAfterSpace}>
        <StreamingText text={label} />
      </Raised>
    );
  return (
    <Marker number={source ?? label} written={`[^${label}]`} isAfterSpace={isAfterSpace} context={context} />
  );
}

/** Keeps a superscript number from starting a line alone. */
function Raised({ isAfterSpace, children }: { isAfterSpace: boolean; children: ComponentChildren }) {
  return (
    <>
      {isAfterSpace && <StreamingText text={"\u202f"} />}
      <sup>{children}</sup>
    </>
  );
}
