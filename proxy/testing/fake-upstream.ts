/** `Upstream` whose answers a test writes piece by piece. */
import type { Citation } from "../protocol/bodies.ts";
import { UpstreamFailure } from "../upstream/errors.ts";
import type {
  AnswerSink,
  CallKind,
  Picture,
  StoredMessage,
  Upstream,
  UpstreamQuestion,
} from "../upstream/types.ts";
import { noTexts } from "../protocol/testing/bare-profile.ts";

/** A question that has reached upstream, or whose answer is being recovered. */
export type Asking = {
  question: UpstreamQuestion;
  /** With `recover`, the text received before. */
  soFar: string;
  sink: AnswerSink;
  signal: AbortSignal;
  finish: (message: number | null) => void;
  fail: (error: unknown) => void;
};

export type FakeUpstream = Upstream & {
  /** Everything that was called, as `name argument argument`. */
  readonly calls: string[];
  readonly askings: Asking[];
  readonly recoverings: Asking[];
  stored: StoredMessage[];
  pictures: Map<string, Picture>;
  /** When set, the named call fails with it. */
  failing: Map<CallKind, Error>;
  /** If set, `startConversation` waits for it. */
  beginning: Promise<void> | null;
};

export const citation: Citation = {
  id: "1",
  title: "Opening hours",
  url: "https://bakery.test/hours",
  description: null,
  image: "https://bakery.test/hours.png",
};

/** `group` is part of its session ids, to tell several fakes apart. */
export function createFakeUpstream(group = "8000"): FakeUpstream {
  const calls: string[] = [];
  const failing = new Map<CallKind, Error>();
  let sessions = 0;
  function note(name: CallKind, ...words: (string | number)[]): void {
    calls.push([name, ...words].join(" "));
    const failure = failing.get(name);
    if (failure) throw failure;
  }
  const fake: FakeUpstream = {
    calls,
    askings: [],
    recoverings: [],
    stored: [],
    pictures: new Map(),
    failing,
    beginning: null,
    async profile(project) {
      note("profile", project);
      const extra = { persona: "the secret persona" };
      return { ...extra, ...bareProfile };
    },
    async checkAgent(project) {
      note("look", project);
    },
    async isReady(project) {
      note("look", project);
      return true;
    },
    async startConversation(project, title) {
      note("begin", project, title);
      await fake.beginning;
      return `00000000-0000-4000-${group}-${String(++sessions).padStart(12, "0")}`;
    },
    async ask(question, sink, signal) {
      note("ask", question.project, question.prompt);
      return answered(fake.askings, { question, soFar: "", sink, signal });
    },
    async recover(question, soFar, sink, signal) {
      note("recover", question.project, question.prompt);
      return answered(fake.recoverings, { question, soFar, sink, signal });
    },
    async messages(project, session) {
      note("messages", project, session);
      return fake.stored;
    },
    async react(project, session, message, reaction) {
      note("react", project, session, message, reaction);
    },
    async forget(project, session) {
      note("forget", project, session);
    },
    async picture(address) {
      note("picture", address);
      const picture = fake.pictures.get(address);
      if (!picture) throw new UpstreamFailure("not-found", "no such picture");
      return picture;
    },
    async close() {
      note("close");
    },
  };
  return fake;
}

/** Resolves when the test says so, or rejects when it is stopped. */
function answered(
  askings: Asking[],
  asked: Pick<Asking, "question" | "soFar" | "sink" | "signal">,
): Promise<{ message: number | null }> {
  return new Promise((resolve, reject) => {
    asked.signal.addEventListener("abort", () => reject(asked.signal.reason));
    askings.push({ ...asked, finish: (message) => resolve({ message }), fail: reject });
  });
}

const bareProfile = {
  title: "Bakery",
  avatar: "https://bakery.test/face.png",
  launcherPicture: null,
  color: "#aa5500",
  placeholder: null,
  starters: ["When do you open?"],
  language: "en",
  feedback: true,
  citations: true,
  texts: noTexts,
};
