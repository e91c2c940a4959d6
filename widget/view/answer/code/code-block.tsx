/** Renders a code block in pieces, with a copy button, and coloured when it is finished. */
import { useEffect, useRef } from "preact/hooks";
import type { Block } from "../../../markdown/types.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useEnding } from "../answer-status.ts";
import { StreamingText } from "../streaming-text.tsx";
import { knownLanguage, type Language } from "./languages.ts";
import { HorizontalScroll } from "../../ui/horizontal-scroll.tsx";
import type { RenderContext } from "../types.ts";

const chunk = 2048;
/** A line this long is cut all the same. */
const maxLineLength = 16_384;

/** Cuts code after the first line end beyond each 2048 characters, so that only the last piece is laid out anew. */
function chunks(code: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < code.length;) {
    const lineEnd = code.indexOf("\n", start + chunk) + 1 || code.length;
    const end = Math.min(lineEnd, start + maxLineLength);
    found.push(code.slice(start, end));
    start = end;
  }
  return found;
}

function languageClass(language: string | null): { class?: string } {
  return language && /^[^\s"'`&<>]{1,30}$/.test(language) ? { class: `language-${language}` } : {};
}

type Props = { block: Extract<Block, { kind: "code" }>; context: RenderContext };

export function CodeBlock({ block, context }: Props) {
  const { text, language, open } = block;
  const { copy, texts } = context;
  const { growing } = useEnding(context.ending);
  const code = useRef<HTMLElement>(null);

  useEffect(() => {
    const known = open ? null : knownLanguage(language);
    if (!known) return undefined;
    let undo: (() => void) | null = null;
    let isGone = false;
    async function color(to: Language) {
      const { colorCode } = await import("./highlight.lazy.ts");
      if (!isGone && code.current) undo = colorCode(code.current, to);
    }
    // Where it cannot be fetched the code stays as it is.
    color(known).catch(() => {});
    return () => {
      isGone = true;
      undo?.();
    };
  }, [open, language, text]);

  return (
    <div class="code" dir="ltr">
      <HorizontalScroll tag="pre" label={texts.scrollable}>
        <code {...languageClass(language)} ref={code}>
          {chunks(text).map((piece, index) => (
            <span key={index}>
              <StreamingText text={piece} />
            </span>
          ))}
        </code>
      </HorizontalScroll>
      {!growing && copy && <CopyButton label={texts.copyCode} copy={() => copy(text)} />}
    </div>
  );
}
