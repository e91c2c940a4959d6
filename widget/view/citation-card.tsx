/** One source: its number, title, site and, where it has one, its picture. */
import { useSignal } from "@preact/signals";
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { useChat } from "./chat-context.ts";
import { useTexts } from "./use-texts.ts";

/** The site a visitor would be taken to, without its "www."; empty when there is no web address to go to. */
function siteOf(url: string | null): string {
  try {
    const { protocol, hostname } = new URL(url ?? "");
    return /^https?:$/.test(protocol) ? hostname.replace(/^www\./, "") : "";
  } catch {
    return "";
  }
}

export function CitationCard({ citation }: { citation: Citation }) {
  const chat = useChat();
  const texts = useTexts();
  const broken = useSignal(false);
  const site = siteOf(citation.url);
  const inside = (
    <>
      <span class="number">{citation.id}</span>
      <span class="source">
        <bdi class="source-title">{citation.title}</bdi>
        {site && <span class="site">{site}</span>}
      </span>
      {citation.image !== null && !broken.value && (
        <img
          src={chat.addressOf(citation.image)}
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
  if (!site || citation.url === null) {
    return (
      <span part="citation" class="citation" data-number={citation.id}>
        {inside}
      </span>
    );
  }
  return (
    <a
      part="citation"
      class="citation"
      data-number={citation.id}
      href={citation.url}
      target="_blank"
      rel="noopener noreferrer"
      onClick={() => chat.citationOpened(citation)}
    >
      {inside}
      <span class="unseen">{texts.opensInNewTab}</span>
    </a>
  );
}
