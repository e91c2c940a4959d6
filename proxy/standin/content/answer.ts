/** Answer to a message from passages of the indexed pages, question by question; says which have none. */
import { escapeText } from "./inline-markdown.ts";
import { asks, namedTogether, questionParts } from "./question-parts.ts";
import type { Found } from "./search.ts";
import { smallTalk } from "./small-talk.ts";
import type { Project } from "./store.ts";
import { plainWords, rawWords } from "./words.ts";

export type Answer = {
  /** Markdown. */
  text: string;
  /** Ids of the pages it was taken from, in the order of the text. */
  citations: number[];
};

type Knowing = Pick<Project, "name" | "settings" | "search">;
/** A question with the passages that answer it, best first; none when the pages don't. */
type Part = { question: string; found: readonly Found[] };

/** A second passage joins when it fits the question nearly as well as the first. */
const nearlyAsGood = 0.6;
/** Characters after which no further passage joins. */
const longEnough = 1_200;

const nothingFound =
  "I looked through the pages I know and found nothing about that. Could you ask in other words?";

export function answer(project: Knowing, prompt: string): Answer {
  const talk = smallTalk(prompt);
  if (talk !== undefined) return { text: talk, citations: [] };
  const parts = questionParts(prompt).flatMap((question) => findParts(project, question));
  const own = project.settings.no_answer_message;
  const unknown = typeof own === "string" && own !== "" ? own : nothingFound;
  if (parts.every((part) => part.found.length === 0)) return { text: unknown, citations: [] };

  const used: Found[] = [];
  const texts = parts.flatMap(({ question, found }) => {
    const [best] = found;
    if (best === undefined) return asks(question) ? under(escapeText(question), unknown) : [];
    if (used.some((other) => other.passage === best.passage)) return [];
    const chosen = parts.length === 1 ? withSecond(found) : [best];
    used.push(...chosen);
    return chosen.map(({ passage, alone }, place) => {
      const speaksForItself = alone && place === 0 && parts.length === 1;
      return speaksForItself ? passage.markdown : under(escapeText(passage.heading), passage.markdown);
    });
  });
  return { text: texts.join("\n\n"), citations: [...new Set(used.map((one) => one.page))] };
}

const under = (heading: string, text: string) => `**${heading}**\n\n${text}`;

/** Passages that answer a question; if none does, passages for each thing that it names. */
function findParts(project: Knowing, question: string): Part[] {
  const whole = find(project, question);
  if (whole.length > 0) return [{ question, found: whole }];
  const parts = namedTogether(question).map((thing) => ({ question: thing, found: find(project, thing) }));
  return parts.some((part) => part.found.length > 0) ? parts : [{ question, found: [] }];
}

/** "What is this?" names nothing to search for: the first page describes the subject. */
function find({ search }: Knowing, question: string): Found[] {
  if (plainWords(question).length > 0) return search.find(question);
  const first = rawWords(question).length > 0 ? search.opening() : undefined;
  return first === undefined ? [] : [first];
}

function withSecond([best, ...others]: readonly Found[]): Found[] {
  if (best === undefined) return [];
  const second = others.find(
    (other) => other.score >= best.score * nearlyAsGood && other.passage.heading !== best.passage.heading,
  );
  const length = best.passage.markdown.length + (second?.passage.markdown.length ?? 0);
  return second && length <= longEnough ? [best, second] : [best];
}
