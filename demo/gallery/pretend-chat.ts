/** Chat without a proxy: the view's real interface, with answers written by a timer. */
import { signal, type Signal } from "@preact/signals";
import type { AgentProfile } from "../../proxy/protocol/bodies.ts";
import { bareProfile } from "../../proxy/protocol/testing/bare-profile.ts";
import type { HistoryEntry, ConversationHistory } from "../../widget/conversation/conversation.ts";
import type {
  StreamingTurn,
  Phase,
  FinishedTurn,
  ConversationProblem,
} from "../../widget/conversation/types.ts";
import { english } from "../../widget/i18n/locales/en.ts";
import type { LoadedMessages } from "../../widget/i18n/load-messages.ts";
import type { Chat, Mode } from "../../widget/view/chat-context.ts";
import { editQuestion } from "../../widget/view/question/edit-question.ts";
import type { Sheet } from "../../widget/view/chat-state.ts";
import { showSheet } from "../../widget/view/ui/sheet-state.ts";
import { showContact } from "../../widget/view/contact/contact-sheet.ts";
import { shortAnswer } from "./samples.ts";

export type Sample = Pick<FinishedTurn, "question" | "answer" | "citations">;

export type Scene = {
  settled?: readonly FinishedTurn[];
  /** Asked as soon as the gallery stands. `for ever` leaves it waiting for its first words, `offline` for a network. */
  asking?: { sample: Sample; pace: "for ever" | "typed" | "offline" };
  problem?: ConversationProblem;
  restoring?: boolean;
  starters?: readonly string[];
  profile?: Partial<AgentProfile>;
  texts?: LoadedMessages;
  draft?: string;
  /** The owner's option for asking about the page. */
  page?: "ask" | "on" | "off";
  /** Whether the last question is being edited. */
  editing?: true;
  /** The sheet over the conversation. */
  sheet?: Sheet;
  stored?: readonly HistoryEntry[];
  /** Hosts whose pictures are shown in answers. */
  images?: readonly string[];
  /** The tag's `data-contact`. */
  contact?: string;
  /** Whether the sheet with the owner's contact is open. */
  writing?: true;
};

const profile: AgentProfile = {
  ...bareProfile,
  agent: "fjord",
  title: "Fjord Bank",
  language: "en",
  longestPrompt: 2000,
};

/** The simulated current page. */
export const pageOfSample = { title: "Mortgages | Fjord Bank", url: "https://fjord.example/mortgages" };

let count = 0;

export function settledTurn(sample: Sample, change: Partial<FinishedTurn> = {}): FinishedTurn {
  const id = `turn-${++count}`;
  return { id, message: id, reaction: "neutral", end: "answered", problem: null, ...sample, ...change };
}

/** As long as a network would take. */
const later = <Value>(value: Value) =>
  new Promise<Value>((resolve) => {
    setTimeout(() => resolve(value), 600);
  });

export function pretendChat(scene: Scene, mode: Mode): Chat & { undo(): void } {
  const finished = signal(scene.settled ?? []);
  const streaming = signal<(StreamingTurn & { answer: Signal<string> }) | null>(null);
  const problem = signal(scene.problem ?? null);
  const open = signal(true);
  let timer: ReturnType<typeof setInterval> | undefined;

  function settle(change: Partial<FinishedTurn>) {
    const turn = streaming.value;
    clearInterval(timer);
    streaming.value = null;
    if (!turn) return;
    const { id, question } = turn;
    finished.value = [
      ...finished.value,
      settledTurn({ question, answer: turn.answer.value, citations: [] }, { id, ...change }),
    ];
  }

  function answer(sample: Sample, pace: "for ever" | "typed" | "offline") {
    const phase = signal<Phase>(pace === "offline" ? pace : "waiting");
    streaming.value = { id: `turn-${++count}`, question: sample.question, answer: signal(""), phase };
    if (pace !== "typed") return;
    let typed = -40;
    timer = setInterval(() => {
      typed += 4;
      if (typed <= 0 || !streaming.value) return;
      phase.value = "answering";
      streaming.value.answer.value = sample.answer.slice(0, typed);
      if (typed >= sample.answer.length) settle({ citations: sample.citations });
    }, 30);
  }

  if (scene.asking) answer(scene.asking.sample, scene.asking.pace);

  let stored = scene.stored ?? [];
  const history: ConversationHistory = {
    list: () => stored,
    resume: () => true,
    remove(id) {
      stored = stored.filter((each) => each.id !== id);
      return Promise.resolve(null);
    },
  };

  const chat: Chat & { undo(): void } = {
    conversation: {
      finished,
      streaming,
      problem,
      restoring: signal(scene.restoring ?? false),
      ask(question) {
        answer({ ...shortAnswer, question }, "typed");
        return null;
      },
      stop: () => settle({ end: "stopped" }),
      retry(id) {
        const again = finished.value.find((turn) => turn.id === id);
        finished.value = finished.value.filter((turn) => turn.id !== id);
        if (again) answer({ ...shortAnswer, question: again.question }, "typed");
      },
      rate(id, reaction) {
        finished.value = finished.value.map((turn) => (turn.id === id ? { ...turn, reaction } : turn));
      },
      startOver() {
        settle({});
        finished.value = [];
      },
      dismissProblem() {
        problem.value = null;
      },
    },
    texts: signal(scene.texts ?? english),
    profile: signal({ ...profile, ...scene.profile, texts: { ...profile.texts, ...scene.profile?.texts } }),
    mode,
    open,
    starters: signal(scene.starters ?? []),
    draft: signal(scene.draft ?? ""),
    pageContext: signal(null),
    state: {},
    composerServices: () =>
      Promise.resolve({
        followPage(told) {
          told(pageOfSample);
          return () => {};
        },
        note: (_name, text = "") => text,
        withdraw() {
          const question = streaming.value?.question ?? null;
          streaming.value = null;
          return question;
        },
      }),
    option: (table, name) =>
      (/^(?:images|contact)$/.test(name)
        ? table[name].read(Reflect.get(scene, name))
        : name === "page"
          ? table[name].read(scene.page ?? "off")
          : undefined) ?? table[name].fallback,
    addressOf: (path) => path,
    // A closed chat opens again by itself, to show its transition both ways.
    close() {
      open.value = false;
      setTimeout(() => {
        open.value = true;
      }, 900);
    },
    copy: (text) => navigator.clipboard.writeText(text),
    contactClient: () => Promise.resolve({ write: () => later(null), explain: () => later(null) }),
    citationOpened: () => {},
    history: () => Promise.resolve(history),
    undo: () => clearInterval(timer),
  };
  if (scene.editing) editQuestion(chat);
  if (scene.sheet) showSheet(chat, scene.sheet);
  if (scene.writing) showContact(chat);
  return chat;
}
