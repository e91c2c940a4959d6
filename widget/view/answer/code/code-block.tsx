/** Renders a code block in pieces; its copy button and colours come with the extras. */
import { useRef } from "preact/hooks";
import type { Block } from "../../../markdown/types.ts";
import { useAnswerStatus } from "../answer-status.ts";
import { StreamingText } from "../streaming-text.tsx";
import { extras } from "../extras/load-extras.ts";
import { WideBlock } from "../extras/wide-block.tsx";
import type { RenderContext } from "../types.ts";

const chunk = 2048;
/** A line of this length is cut too. */
const maxLineLength = 16_384;

/** Cuts code after the first line end beyond each 2048 characters, so that only the last piece is laid out again. */
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
  const { text, language } = block;
  const Extras = extras.value;
  const { streaming } = useAnswerStatus(context.status);
  const code = useRef<HTMLElement>(null);
  return (
    <div class="code" dir="ltr">
      <WideBlock tag="pre" label={context.texts.scrollable}>
        <code {...languageClass(language)} ref={code}>
          {chunks(text).map((piece, index) => (
            <span key={index}>
              <StreamingText text={piece} />
            </span>
          ))}
        </code>
      </WideBlock>
      {Extras && <Extras.CodeTools block={block} code={code} streaming={streaming} context={context} />}
    </div>
  );
}
