/** Sources of an answer as compact cards: the first few, the rest on request. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { useChat } from "../chat-context.ts";
import { relationOf } from "../../page/urls.ts";
import { CitationCard } from "./citation-card.tsx";
import { useLinkTarget } from "../answer/link-target.ts";
import { summaryOf } from "./summary.ts";
import { useMessages } from "../use-messages.ts";

/** Number of sources shown at first. A single further one is shown too: a button would take as much room. */
const shownAtOnce = 3;

export function Citations({ citations }: { citations: readonly Citation[] }) {
  const { profile } = useChat();
  const texts = useMessages();
  // A long list has no summaries: it would be longer than the answer.
  const few = citations.length <= shownAtOnce + 1;
  const all = useSignal(few);
  const list = useRef<HTMLOListElement>(null);
  const shown = all.value ? citations : citations.slice(0, shownAtOnce);
  const asked = useRef(false);
  const linkTarget = useLinkTarget();
  const onPage = citations.filter(
    ({ url }) => url !== null && relationOf(url, linkTarget.here) === "page",
  ).length;

  // The button is removed while focused: the first source it revealed takes the focus.
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
              linkTarget={linkTarget}
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
