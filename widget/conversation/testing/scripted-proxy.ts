/** Fake proxy for the conversation's tests: turns outlive connections, and a test says where connections are cut. */
import type { TranscriptMessage } from "../../../proxy/protocol/bodies.ts";
import type { StreamEvent, StreamEvents } from "../../../proxy/protocol/events.ts";
import type { VisitorProblem, ConversationRef } from "../types.ts";
import type { TurnRequest, StreamEnd, StreamListener, Transport } from "../environment.ts";

/** Script of one connection: cut after a number of events, never opened, refused, or complete. */
export type Fate = { events: number } | "unreachable" | "lost-after-taking" | VisitorProblem | "whole";

export const ref: ConversationRef = { conversation: "c1", visitor: "v1" };

type Step = { [Name in keyof StreamEvents]: { event: Name; data: StreamEvents[Name] } }[keyof StreamEvents];

export const eventsOf = (...steps: Step[]): StreamEvent[] =>
  steps.map((step, index) => ({ id: index + 1, ...step }));

export const answerOf = (text: string, message = "m1"): StreamEvent[] =>
  eventsOf(
    { event: "conversation", data: ref },
    ...text.split(/(?<= )/).map((piece): Step => ({ event: "delta", data: { text: piece } })),
    { event: "citations", data: [{ id: "1", title: "Prices", url: null, description: null, image: null }] },
    { event: "done", data: { message } },
  );

/** Joins consecutive pieces of text, under the number of the last. */
export const joined = (events: readonly StreamEvent[]): StreamEvent[] =>
  events.reduce<StreamEvent[]>((all, event) => {
    const before = all.at(-1);
    if (before?.event !== "delta" || event.event !== "delta") return [...all, event];
    const data = { text: before.data.text + event.data.text };
    return [...all.slice(0, -1), { id: event.id, event: "delta", data }];
  }, []);

/**
 * Without a reference, a turn is joined by its secret only, as at our proxy. `asOne`: every second connection receives
 * past events in as few pieces as possible, as from our proxy.
 */
export function scriptedProxy(answers: StreamEvent[][], fates: Fate[] = [], asOne = false) {
  let connections = 0;
  const turns = new Map<string, StreamEvent[]>();
  const calls: string[] = [];
  const stored: TranscriptMessage[] = [];
  /** Started turns: each is one message to the agent and one charge. */
  const begun: TurnRequest[] = [];
  let hold: Promise<void> | null = null;

  async function connect(
    events: StreamEvent[],
    after: number,
    fate: Fate,
    listener: StreamListener,
    signal: AbortSignal,
  ): Promise<StreamEnd> {
    await Promise.resolve();
    if (fate === "unreachable" || fate === "lost-after-taking") return "unreachable";
    if (fate !== "whole" && "code" in fate) return fate;
    if (signal.aborted) return "closed";
    listener.opened();
    const last = events.at(-1)?.id ?? 0;
    const next = events.filter((event) => event.id > Math.min(after, last - 1));
    const brought = asOne && connections++ % 2 === 1 ? joined(next) : next;
    const shown = fate === "whole" ? brought : brought.slice(0, fate.events);
    for (const event of shown) {
      await hold;
      if (signal.aborted) break;
      listener.event(event);
    }
    return "closed";
  }

  const ok = <Value>(value: Value) => Promise.resolve({ ok: true as const, value });
  const refuse = (code: VisitorProblem["code"]) => Promise.resolve({ ok: false as const, problem: { code } });
  const failing = new Map<string, VisitorProblem["code"]>();

  const transport: Transport = {
    ask(at, asked, listener, signal) {
      calls.push(`ask ${at?.conversation ?? "new"} ${asked.turn}`);
      const first = begun.find(({ turn }) => turn === asked.turn);
      const isTheirs = !first || at !== null || (first.secret !== undefined && first.secret === asked.secret);
      const fate = isTheirs ? (fates.shift() ?? "whole") : ({ code: "not-allowed" } as const);
      const takes = fate !== "unreachable" && !(typeof fate === "object" && "code" in fate);
      if (takes && !turns.has(asked.turn)) {
        begun.push(asked);
        turns.set(asked.turn, answers.shift() ?? []);
      }
      return connect(turns.get(asked.turn) ?? [], 0, fate, listener, signal);
    },
    resume(at, turn, after, listener, signal) {
      calls.push(`resume ${at.conversation} ${turn} after ${after}`);
      const events = turns.get(turn);
      const fate = fates.shift() ?? "whole";
      return connect(events ?? [], after, events ? fate : { code: "not-found" }, listener, signal);
    },
    stop(at, turn) {
      calls.push(`stop ${at.conversation} ${turn}`);
      return turns.has(turn) ? ok(null) : refuse("not-found");
    },
    transcript(at) {
      calls.push(`transcript ${at.conversation}`);
      const code = failing.get("transcript");
      return code ? refuse(code) : ok({ conversation: at.conversation, messages: [...stored] });
    },
    react(at, message, reaction) {
      calls.push(`react ${at.conversation} ${message} ${reaction}`);
      const code = failing.get("react");
      return code ? refuse(code) : ok(null);
    },
    forget(at) {
      calls.push(`forget ${at.conversation}`);
      const code = failing.get("forget");
      return code ? refuse(code) : ok(null);
    },
  };

  return {
    transport,
    calls,
    /** Scripts of the next connections. */
    fates,
    begun,
    stored,
    failing,
    /** Loses every turn, as a restart does; what is stored stays. */
    restart: () => turns.clear(),
    /** Holds back all events until the returned function is called. */
    holdBack(): () => void {
      let release = () => {};
      hold = new Promise((resolve) => (release = resolve));
      return () => {
        hold = null;
        release();
      };
    },
  };
}
