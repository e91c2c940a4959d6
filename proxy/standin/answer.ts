/** Answers a question with passages of the indexed pages, and says so when they hold no answer. */
import type { Found } from "./search.ts";
import { smallTalk } from "./small-talk.ts";
import type { Project } from "./store.ts";
import { plainWords } from "./words.ts";

export type Answer = {
  /** Markdown. */
  text: string;
  /** Ids of the pages it was taken from. */
  citations: number[];
};

/** A second passage joins when it fits the question nearly as well as the first. */
const nearlyAsGood = 0.6;
/** Characters after which no further passage joins. */
const longEnough = 1_200;

const nothingFound =
  "I looked through the pages I know and found nothing about that. Could you ask in other words?";

export function answer(project: Pick<Project, "name" | "settings" | "search">, prompt: string): Answer {
  const talk = smallTalk(prompt);
  if (talk !== undefined) return { text: talk, citations: [] };
  const found = plainWords(prompt).length > 0 ? project.search.find(prompt) : opening(project);
  const [best, ...others] = found;
  if (best === undefined) {
    const own = project.settings.no_answer_message;
    return { text: typeof own === "string" && own !== "" ? own : nothingFound, citations: [] };
  }
  const second = others.find(
    (other) => other.score >= best.score * nearlyAsGood && other.passage.heading !== best.passage.heading,
  );
  const parts = [best.passage.markdown];
  const used = [best];
  if (second && best.passage.markdown.length + second.passage.markdown.length <= longEnough) {
    parts.push(`**${second.passage.heading}**`, second.passage.markdown);
    used.push(second);
  }
  return { text: parts.join("\n\n"), citations: [...new Set(used.map((one) => one.page))] };
}

/** "What is this?" names nothing to search for: the first page says what everything is about. */
function opening(project: Pick<Project, "search">): Found[] {
  const first = project.search.opening();
  return first === undefined ? [] : [first];
}
