/** An `Upstream` whose answers a test writes by hand, piece by piece. */
import type { Citation } from "../protocol/bodies.ts";
import { UpstreamFailure } from "../upstream/failures.ts";
import type { AnswerSink, Picture, StoredMessage, Upstream, UpstreamQuestion } from "../upstream/upstream.ts";

/** One question that has reached upstream. */
export type Asking = {
  question: UpstreamQuestion;
  sink: AnswerSink;
  signal: AbortSignal;
  finish: (message: number | null) => void;
  fail: (error: unknown) => void;
};

export type FakeUpstream = Upstream & {
  /** Everything that was called, as `name argument argument`. */
  readonly calls: string[];
  readonly askings: Asking[];
  stored: StoredMessage[];
  pictures: Map<string, Picture>;
  /** When set, the named call fails with it. */
  failing: Map<keyof Upstream, Error>;
  /** When set, `begin` waits for it. */
  beginning: Promise<void> | null;
};

export const citation: Citation = {
  id: "1",
  title: "Opening hours",
  url: "https://bakery.test/hours",
  description: null,
  image: "https://bakery.test/hours.png",
};

export function createFakeUpstream(): FakeUpstream {
  const calls: string[] = [];
  const failing = new Map<keyof Upstream, Error>();
  let sessions = 0;
  function note(name: keyof Upstream, ...words: (string | number)[]): void {
    calls.push([name, ...words].join(" "));
    const failure = failing.get(name);
    if (failure) throw failure;
  }
  const fake: FakeUpstream = {
    calls,
    askings: [],
    stored: [],
    pictures: new Map(),
    failing,
    beginning: null,
    async face(project) {
      note("face", project);
      const extra = { persona: "the secret persona" };
      return { ...extra, ...bareFace };
    },
    async begin(project, name) {
      note("begin", project, name);
      await fake.beginning;
      return `00000000-0000-4000-8000-${String(++sessions).padStart(12, "0")}`;
    },
    async ask(question, sink, signal) {
      note("ask", question.project, question.prompt);
      return new Promise<{ message: number | null }>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        const finish = (message: number | null) => resolve({ message });
        fake.askings.push({ question, sink, signal, finish, fail: reject });
      });
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

const bareFace = {
  title: "Bakery",
  avatar: "https://bakery.test/face.png",
  launcherPicture: null,
  color: "#aa5500",
  placeholder: null,
  starters: ["When do you open?"],
  language: "en",
  feedback: true,
  citations: true,
  texts: {
    thinking: null,
    outage: null,
    outOfQueries: null,
    tryAsking: null,
    sources: null,
    terms: null,
    disclosure: null,
  },
};
