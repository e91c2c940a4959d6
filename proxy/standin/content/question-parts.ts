/** Splitter of a message into its questions, so that each can be answered by itself. */
import { plainWords } from "./words.ts";

/** Starts of questions, in English and German, including those without a question mark. */
const opener =
  "what|how|where|which|who|whose|why|when|is|are|am|do|does|did|can|could|will|would|should|may|has|have|tell|show|explain|" +
  "was|wie|wo|welche[nrs]?|wer|warum|wann|ist|sind|kann|k[oö]nnen|gibt|hat|habe|muss|darf|funktioniert|l[aä]uft";

const asking = new RegExp(
  `^(?:[^,!]*[,!]\\s*)?(?:(?:and|und|so|also|but|aber|or|oder)\\s+)?(?:${opener})(?:['’]s|['’]re)?\\b`,
  "i",
);
/** “What does it cost, and can I …”: the part after “and” must be a question of its own. */
const seam = new RegExp(
  `(?<=[.?!;…])\\s+|\\n+|,?\\s+(?:and|und|plus|&|sowie)\\s+(?:also\\s+|auch\\s+)?(?=(?:${opener})(?:['’]s|['’]re)?\\s)`,
  "i",
);

/** Maximum of questions of one message that are answered; more can be asked later. */
const maxParts = 4;

/**
 * The questions of a message, at least one. A question that names nothing ("Who can see it?") stays with the one before
 * it, and a part that asks nothing ("I have a bakery.") is left out beside a question.
 */
export function questionParts(message: string): string[] {
  const parts: string[] = [];
  for (const piece of message.split(seam).map((text) => text.trim())) {
    const before = parts.at(-1);
    if (before !== undefined && (plainWords(piece).length === 0 || plainWords(before).length === 0)) {
      parts[parts.length - 1] = `${before} ${piece}`.trim();
    } else if (piece !== "") parts.push(piece);
  }
  const asked = parts.filter(asks);
  return (asked.length > 0 ? asked : parts.length > 0 ? parts : [message]).slice(0, maxParts);
}

/** Whether a part of a message is a question. */
export function asks(part: string): boolean {
  return part.endsWith("?") || asking.test(part);
}

/** The things that a question names side by side: "price and docker". Only itself when it names one. */
export function namedTogether(question: string): string[] {
  const things = question.split(/\s*,\s*|\s+(?:and|und|or|oder|plus|&)\s+/i);
  return things.filter((thing) => plainWords(thing).length > 0).slice(0, maxParts);
}

/** Whether yes or no answers it. */
export function asksYesOrNo(question: string): boolean {
  return /^(?:is|are|am|do|does|did|can|could|will|would|should|may|has|have|ist|sind|kann|gibt|hat|muss|darf)\b/i.test(
    question.trim(),
  );
}
