/** Card of a source: number, title, site, and if present its picture and summary. */
import { useSignal } from "@preact/signals";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { safeLink } from "../../markdown/safe-url.ts";
import { useChat } from "../chat-context.ts";
import { type LinkTarget, linkTo } from "../answer/link-target.ts";
import { useMessages } from "../use-messages.ts";

/** A source's URL and its host name without "www."; null without a web address. */
function aimOf(url: string | null): { href: string; site: string } | null {
  const href = url && safeLink(url);
  if (!href?.startsWith("http")) return null;
  return { href, site: new URL(href).hostname.replace(/^www\./, "") };
}

type CardProps = { citation: Citation; summary: string | null; linkTarget: LinkTarget };

export function CitationCard({ citation, summary, linkTarget }: CardProps) {
  const chat = useChat();
  const texts = useMessages();
  const broken = useSignal(false);
  // Pictures are loaded through the proxy only, never from the URL in the answer.
  const image = /^\/(?!\/)/.test(citation.image ?? "") ? citation.image : null;
  const aim = aimOf(citation.url);
  const link = aim && linkTo(aim.href, citation, linkTarget, texts);
  const inside = (
    <>
      <span class="number">{citation.id}</span>
      <span class="source">
        <bdi class="source-title">{citation.title}</bdi>
        {aim && <span class="site">{aim.site}</span>}
      </span>
      {image && !broken.value && (
        <img
          src={chat.addressOf(image)}
          alt=""
          width={36}
          height={36}
          loading="lazy"
          onError={() => {
            broken.value = true;
          }}
        />
      )}
    </>
  );
  return (
    <>
      {link ? (
        <a part="citation" class="citation" data-number={citation.id} {...link.props}>
          {inside}
          {link.hint && <span class="unseen">{link.hint}</span>}
        </a>
      ) : (
        <span part="citation" class="citation" data-number={citation.id}>
          {inside}
        </span>
      )}
      {summary && (
        <p class="summary" dir="auto">
          {summary}
        </p>
      )}
    </>
  );
}
