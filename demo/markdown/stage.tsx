/** Draws answers with the widget's own view, frame by frame at the tests' command: many thousand drawings take seconds. */
import { signal } from "@preact/signals";
import { options, render } from "preact";
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { englishConversation } from "../../widget/i18n/locales/en.conversation.ts";
import { english } from "../../widget/i18n/locales/en.ts";
import { AnswerText } from "../../widget/view/answer/answer-markdown.tsx";

/** An answer in pieces, and what it cites. */
type Told = { readonly pieces: readonly string[]; readonly citations: readonly Citation[] };

type Stage = {
  /** The finished answer's HTML, after each of its pieces was drawn. */
  told(answer: Told): string;
  /** Where a text cut in two is drawn otherwise in the end than the whole text, of all places to cut it at. */
  everyCut(texts: readonly string[]): { text: string; at: number; html: string }[];
  /** What can be read after each of the pieces, and at the end, without white space. */
  readings(answer: Told): string[];
  /** What goes wrong while texts grow, one character at a time. */
  growth(texts: readonly string[], citations: readonly Citation[]): Growth;
};

export type Growth = {
  /** The steps that took away something one could read before. */
  readonly losses: readonly { readonly text: string; readonly before: string; readonly after: string }[];
  /** The texts that are drawn otherwise in the end than if they had come at once. */
  readonly differing: readonly string[];
  /** The texts of which a finished block was rendered again: what a visitor has selected in it would be lost. */
  readonly remade: readonly string[];
};

declare global {
  interface Window {
    answerStage: Stage;
  }
}

const waiting: (() => void)[] = [];
const frames = new Map<number, FrameRequestCallback>();
let count = 0;

options.debounceRendering = (draw) => void waiting.push(draw);
options.requestAnimationFrame = (act) => void waiting.push(act);
window.requestAnimationFrame = (act) => {
  frames.set(++count, act);
  return count;
};
window.cancelAnimationFrame = (frame) => void frames.delete(frame);
// Timers are only for where no frames come.
Object.assign(window, { setTimeout: () => 0, clearTimeout() {} });

/** Lets everything happen that waits for a frame. */
function settle(): void {
  for (;;) {
    const [frame] = frames;
    const act = waiting.shift();
    if (act) act();
    else if (frame) {
      frames.delete(frame[0]);
      frame[1](0);
    } else return;
  }
}

const words = { ...englishConversation, ...english };
const linkTarget = { here: "https://page.example/", follow() {} };
const copy = () => Promise.resolve();
const none: readonly Citation[] = [];

/** An answer that grows as those of a conversation do: a signal at first, and its sources come with its end. */
function startAnswer(citations: readonly Citation[]) {
  const place = document.createElement("div");
  document.body.append(place);
  const source = signal("");
  const draw = (streaming: boolean) => {
    render(
      <AnswerText
        source={streaming ? source : source.value}
        streaming={streaming}
        citations={streaming ? none : citations}
        texts={words}
        linkTarget={linkTarget}
        pictures="base.example"
        copy={copy}
      />,
      place,
    );
    settle();
  };
  draw(true);
  return {
    add(piece: string) {
      source.value += piece;
      settle();
    },
    end: () => draw(false),
    html() {
      // Whether a box is ticked is no attribute of it.
      for (const box of place.querySelectorAll("input")) box.toggleAttribute("checked", box.checked);
      return place.innerHTML;
    },
    /** What can be read, without white space and without what only screen readers say. */
    read: () => {
      let text = "";
      const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (nodes.nextNode()) {
        const { currentNode } = nodes;
        if (currentNode.parentElement?.className !== "unseen") text += currentNode.textContent ?? "";
      }
      return text.replace(/\s+/g, "");
    },
    /** The blocks that are certainly finished, since two more stand after them. */
    finished: () => [...place.querySelectorAll(".blocks > *")].slice(0, -2),
    leave() {
      render(null, place);
      settle();
      place.remove();
    },
  };
}

type Answer = ReturnType<typeof startAnswer>;

/** Tells an answer, ends it, and returns its HTML. `drawn` is called after each piece and at the end. */
function told({ pieces, citations }: Told, drawn: (answer: Answer) => void = () => {}): string {
  const answer = startAnswer(citations);
  for (const piece of pieces) {
    answer.add(piece);
    drawn(answer);
  }
  answer.end();
  drawn(answer);
  const html = answer.html();
  answer.leave();
  return html;
}

/** Whether all of one text stands in another in the same order, whatever stands between. */
function isSubsequence(before: string, after: string): boolean {
  let at = 0;
  for (const sign of before) {
    at = after.indexOf(sign, at) + sign.length;
    if (at < sign.length) return false;
  }
  return true;
}

window.answerStage = {
  told: (answer) => told(answer),
  readings(answer) {
    const found: string[] = [];
    told(answer, ({ read }) => found.push(read()));
    return found;
  },
  everyCut: (texts) =>
    texts.flatMap((text) => {
      const whole = told({ pieces: [text], citations: none });
      return Array.from({ length: text.length }, (_, at) => at)
        .slice(1)
        .map((at) => ({
          text,
          at,
          html: told({ pieces: [text.slice(0, at), text.slice(at)], citations: none }),
        }))
        .filter(({ html }) => html !== whole);
    }),
  growth(texts, citations) {
    const losses: Growth["losses"][number][] = [];
    const remade = new Set<string>();
    const differing = texts.filter((text) => {
      let before = "";
      let finishedBlocks: readonly Element[] = [];
      const html = told({ pieces: text.split(/(?:)/), citations }, ({ read, finished }) => {
        const after = read();
        if (!isSubsequence(before, after)) losses.push({ text, before, after });
        if (!finishedBlocks.every((block) => block.isConnected)) remade.add(text);
        before = after;
        finishedBlocks = finished();
      });
      return html !== told({ pieces: [text], citations });
    });
    return { losses, differing, remade: [...remade] };
  },
};
