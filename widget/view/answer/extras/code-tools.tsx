/** Tools of a code block: a button that copies it, and its colours once it is finished. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Block } from "../../../markdown/types.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { knownLanguage, type Language } from "../code/languages.ts";
import type { RenderContext } from "../types.ts";
import { addStyles } from "./add-styles.ts";

type Props = {
  block: Extract<Block, { kind: "code" }>;
  /** The element with the code's text. */
  code: RefObject<HTMLElement | null>;
  /** Whether the answer is still streaming. */
  streaming: boolean;
  context: RenderContext;
};

export function CodeTools({ block: { text, language, open }, code, streaming, context }: Props) {
  const { copy, texts } = context;

  useEffect(() => {
    const known = open ? null : knownLanguage(language);
    if (!known) return undefined;
    let undo: (() => void) | null = null;
    let isGone = false;
    async function color(to: Language) {
      const { codeColors, colorCode } = await import("../code/highlight.lazy.ts");
      if (isGone || !code.current) return;
      addStyles(code.current, codeColors);
      undo = colorCode(code.current, to);
    }
    // If the file cannot be fetched, the code stays plain.
    color(known).catch(() => {});
    return () => {
      isGone = true;
      undo?.();
    };
  }, [open, language, text]);

  return !streaming && copy ? <CopyButton label={texts.copyCode} copy={() => copy(text)} /> : null;
}
