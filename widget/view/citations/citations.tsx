/** The sources of an answer as compact cards: the first few, the rest on request. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { useChat } from "../chat-context.ts";
import { relationOf } from "../../page/urls.ts";
import { CitationCard } from "./citation-card.tsx";
import { useLinkTarget } from "../answer/link-target.ts";
import { summaryOf } from "./summary.ts";
import { useMessages } from "../use-messages.ts";

/** How many sources are shown at once. A fourth alone is shown as well: the button would take its place. */
const shownAtOnce = 3;

export function Citations({ citations }: { citations: readonly Citation[] }) {
  const { profile } = useChat();
  const texts = useMessages();
  // Of many, number, title and site must do: with summaries the list would be longer than the answer.
  const few = citations.length <= shownAtOnce + 1;
  const all = useSignal(few);
  const list = useRef<HTMLOListElement>(null);
  const shown = all.value ? citations : citations.slice(0, shownAtOnce);
  const asked = useRef(false);
  const leading = useLinkTarget();
  const onPage = citations.filter(
    ({ url }) => url !== null && relationOf(url, leading.here) === "page",
  ).length;

  // The button has gone with the focus on it: the first source it brought takes over.
  useLayoutEffect(() => {
    const next = list.current?.children[shownAtOnce]?.firstElementChild;
    if (asked.current && next instanceof HTMLElement) next.focus({ preventScroll: true });
  }, [all.value]);

  return (
    <div class="sources">
      <h4 class="label">{profile.value.texts.sources ?? texts.sources}</h4>
      {onPage > 0 && <p class="on-page">{texts.sourcesHere(onPage, citations.length)}</p>}
      <ol class="cards" ref={list}>
        {shown.map((citation) => (
          <li key={citation.id}>
            <CitationCard
              citation={citation}
              summary={few ? summaryOf(citation, citations) : null}
              leading={leading}
            />
          </li>
        ))}
      </ol>
      {!all.value && (
        <button
          type="button"
          class="all-sources"
          onClick={() => {
            asked.current = true;
            all.value = true;
          }}
        >
          {texts.allSources(citations.length)}
        </button>
      )}
    </div>
  );
}
