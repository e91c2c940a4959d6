/** HTTP client of a proxy, with the widget's requests. */
import { randomUUID } from "node:crypto";
import { answerOf, readEvents, type ReadEvent } from "./read-events.ts";

export type Answer = {
  turn: string;
  events: ReadEvent[];
  text: string;
  conversation: string;
  visitor: string;
};

/** Where a conversation is continued: its path and its visitor's token. */
export type Opened = Pick<Answer, "conversation" | "visitor">;

export type Exchange = ReturnType<typeof createExchange>;

export function createExchange(url: string) {
  function send(
    method: string,
    path: string,
    given: { body?: unknown; token?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
  ) {
    const headers: Record<string, string> = { ...given.headers };
    if (given.body !== undefined) headers["content-type"] = "application/json";
    if (given.token !== undefined) headers["authorization"] = `Bearer ${given.token}`;
    return fetch(url + path, {
      method,
      headers,
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      ...(given.signal ? { signal: given.signal } : {}),
    });
  }

  /** By which this browser joins its own first questions again. */
  const own = { "turn-secret": randomUUID() };
  const startPath = "/v1/agents/default/conversations";

  return {
    send,
    /** Starts a conversation; returns the response unread. */
    start: (
      prompt: string,
      turn: string = randomUUID(),
      headers: Record<string, string> = {},
      signal?: AbortSignal,
    ) =>
      send("POST", startPath, {
        body: { prompt, turn },
        headers: { ...own, ...headers },
        ...(signal ? { signal } : {}),
      }),
    /** Starts a conversation and reads the answer to its end. */
    async ask(prompt: string, turn: string = randomUUID()): Promise<Answer> {
      const events = await readEvents(
        await send("POST", startPath, { body: { prompt, turn }, headers: own }),
      );
      return { turn, events, text: answerOf(events), ...openedBy(events) };
    },
    /** Asks a further question in a conversation; returns the response unread. */
    follow: ({ conversation, visitor }: Opened, prompt: string, turn: string = randomUUID()) =>
      send("POST", `/v1/conversations/${conversation}/messages`, { body: { prompt, turn }, token: visitor }),
    /** Any other call about a conversation. */
    within: (
      { conversation, visitor }: Opened,
      method: string,
      rest: string,
      given: { body?: unknown; headers?: Record<string, string> } = {},
    ) => send(method, `/v1/conversations/${conversation}${rest}`, { ...given, token: visitor }),
  };
}

export function openedBy(events: readonly ReadEvent[]): Opened {
  const [first] = events;
  if (first?.event !== "conversation") throw new Error("The stream did not begin with its conversation.");
  return first.data;
}

/** The id to rate the answer by; fails when the turn did not end well. */
export function messageOf(events: readonly ReadEvent[]): string {
  const last = events.at(-1);
  if (last?.event !== "done" || last.data.message === null)
    throw new Error(`It ended with ${JSON.stringify(last)}.`);
  return last.data.message;
}
