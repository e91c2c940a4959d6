/** The states the gallery shows, in the order in which a visitor would meet them. */
import { problems } from "../../proxy/protocol/problems.ts";
import type { VisitorProblem } from "../../widget/conversation/types.ts";
import { arabic } from "../../widget/i18n/locales/ar.ts";
import type { HistoryEntry } from "../../widget/conversation/conversation.ts";
import { deletionSheet, historySheet } from "../../widget/view/history/history-menu.tsx";
import { german } from "../../widget/i18n/locales/de.ts";
import { arabicCodeAnswer, codeAnswer } from "./code-samples.ts";
import { noTexts } from "../../proxy/protocol/testing/bare-profile.ts";
import { pageOfSample, pretendChat, settledTurn, type Sample, type Scene } from "./pretend-chat.ts";
import {
  answerFromHere,
  arabicAnswer,
  germanAnswer,
  longAnswer,
  picture,
  pictureAnswer,
  shortAnswer,
  starters,
} from "./samples.ts";

export type Exhibit = {
  name: string;
  scene: Scene;
  dark?: true;
  language?: string;
  phone?: true;
  color?: string;
};

const unfinished: Sample = { ...longAnswer, answer: longAnswer.answer.slice(0, 560), citations: [] };
const nothing: Sample = { ...shortAnswer, answer: "", citations: [] };

const stored: HistoryEntry[] = [
  { id: "1", name: shortAnswer.question, at: Date.UTC(2026, 10, 27, 14, 5), isPresent: true },
  { id: "2", name: "How do I order a new card?", at: Date.UTC(2026, 10, 25, 9, 30), isPresent: false },
  {
    id: "3",
    name: "What do I need for a mortgage, how long does it take, and can I pay it back early?",
    at: Date.UTC(2026, 10, 2, 17, 48),
    isPresent: false,
  },
];

const states = {
  "Empty, with starters": { starters, profile: { avatar: picture } },
  "Waiting for the first words": { asking: { sample: shortAnswer, pace: "for ever" } },
  Answering: { asking: { sample: longAnswer, pace: "typed" } },
  "Answered, with sources": { settled: [settledTurn(shortAnswer, { reaction: "liked" })] },
  "A long answer": { settled: [settledTurn(shortAnswer), settledTurn(longAnswer)] },
  "Sources on this page": { settled: [settledTurn(answerFromHere(location.href))] },
  "Pictures and links": {
    settled: [settledTurn(pictureAnswer(new URL(picture, location.href).href))],
    images: [location.host],
  },
  "Code, and two ways to read": { settled: [settledTurn(codeAnswer)] },
  "Waiting for a network": {
    settled: [settledTurn(shortAnswer)],
    asking: { sample: longAnswer, pace: "offline" },
  },
  "Editing the last question": { settled: [settledTurn(shortAnswer)], editing: true, page: "ask" },
  "Asking about the page": {
    settled: [settledTurn(shortAnswer, { page: pageOfSample })],
    draft: "And for companies?",
    page: "on",
  },
  "The page can be asked about": { settled: [settledTurn(shortAnswer)], page: "ask" },
  Stopped: {
    settled: [settledTurn(unfinished, { end: "stopped", message: null })],
    draft: "And for companies?",
  },
  "Earlier conversations": { settled: [settledTurn(shortAnswer)], sheet: historySheet, stored },
  "No earlier conversations": { settled: [settledTurn(shortAnswer)], sheet: historySheet },
  "Before it is deleted": { settled: [settledTurn(shortAnswer)], sheet: deletionSheet, stored },
  "A problem": { settled: [settledTurn(shortAnswer), failed({ code: "upstream-down" })] },
} satisfies Record<string, Scene>;

function failed(problem: VisitorProblem, sample = nothing) {
  return settledTurn(sample, { end: "failed", problem, message: null });
}

const codes = [
  ...Object.keys(problems).filter((code): code is keyof typeof problems => Object.hasOwn(problems, code)),
  "unreachable",
  "offline",
  "no-answer",
] as const;

const noAnswer = "I know our bank well, but nothing about that. Would you put it in other words?";
const nothingFound: Scene = {
  settled: [settledTurn({ question: "What is the capital of Peru?", answer: noAnswer, citations: [] })],
  profile: { texts: { ...noTexts, noAnswer } },
  contact: "help@fjord.example",
};

const endings: Exhibit[] = [
  { name: "The agent found nothing", scene: nothingFound },
  { name: "A mail to the owner", scene: { ...nothingFound, writing: true } },
  {
    name: "A page of the owner's",
    scene: { ...nothingFound, contact: "https://www.fjord.example/contact", writing: true },
  },
  ...[{}, { dark: true } as const].map((theme): Exhibit => ({
    name: `A message to the owner${"dark" in theme ? ", dark" : ""}`,
    scene: { settled: [settledTurn(shortAnswer)], profile: { contact: true }, writing: true },
    ...theme,
  })),
  {
    name: "A message to the owner, right to left",
    scene: { ...inArabic(), profile: { ...inArabic().profile, contact: true }, writing: true },
    language: "ar",
  },
];

const troubles: Exhibit[] = codes.map((code) => ({
  name: `Problem: ${code}`,
  scene: {
    settled: [
      failed(
        code === "too-many" ? { code, retryAfter: 20 } : { code },
        code === "answer-cut" ? unfinished : nothing,
      ),
    ],
  },
}));

function inArabic(sample: Sample = arabicAnswer): Scene {
  return {
    settled: [settledTurn(sample)],
    profile: { title: "بنك المضيق", placeholder: "اكتب سؤالك…" },
    texts: arabic,
  };
}

export const exhibits: readonly Exhibit[] = [
  ...Object.entries(states).map(([name, scene]) => ({ name, scene })),
  ...Object.entries(states).map(([name, scene]): Exhibit => ({ name: `${name}, dark`, scene, dark: true })),
  {
    name: "Fetching an earlier conversation",
    scene: { restoring: true },
  },
  {
    name: "Something failed outside a turn",
    scene: { settled: [settledTurn(shortAnswer)], problem: { code: "unreachable", again() {} } },
  },
  {
    name: "Near the limit, with the owner's words",
    scene: {
      starters: starters.slice(0, 2),
      draft:
        "I would like to know everything about mortgages: rates, terms, early repayment, and what you need.",
      profile: {
        longestPrompt: 80,
        texts: {
          ...noTexts,
          tryAsking: "Popular questions",
          terms: "https://fjord.example/terms",
          disclosure: "Nils is a computer program. It answers from our public pages only.",
        },
      },
    },
  },
  {
    name: "Asking about the page, right to left",
    scene: {
      ...inArabic(),
      settled: [settledTurn(arabicAnswer, { page: pageOfSample })],
      page: "on",
      editing: true,
    },
    language: "ar",
  },
  {
    name: "Waiting for a network, right to left",
    scene: { ...inArabic(), settled: [], asking: { sample: arabicAnswer, pace: "offline" } },
    language: "ar",
  },
  { name: "On a phone, asking about the page", scene: states["Asking about the page"], phone: true },
  { name: "On a phone, waiting for a network", scene: states["Waiting for a network"], phone: true },
  { name: "Right to left", scene: inArabic(), language: "ar" },
  { name: "Right to left, dark", scene: inArabic(), language: "ar", dark: true },
  { name: "Code, right to left", scene: inArabic(arabicCodeAnswer), language: "ar" },
  { name: "Code, right to left, dark", scene: inArabic(arabicCodeAnswer), language: "ar", dark: true },
  { name: "German", scene: { settled: [settledTurn(germanAnswer)], texts: german }, language: "de" },
  { name: "On a phone", scene: states["Answered, with sources"], phone: true },
  { name: "Code on a phone", scene: states["Code, and two ways to read"], phone: true },
  { name: "On a phone, empty and dark", scene: states["Empty, with starters"], phone: true, dark: true },
  ...["#ffd400", "#000000", "#ff5fa2"].flatMap((color): Exhibit[] => [
    { name: `The owner's colour: ${color}`, scene: states["Answered, with sources"], color },
    { name: `The owner's colour: ${color}, dark`, scene: states["A long answer"], color, dark: true },
  ]),
  ...endings,
  ...troubles,
];

export const chatFor = ({ scene, phone }: Exhibit) => pretendChat(scene, phone ? "full" : "inline");
