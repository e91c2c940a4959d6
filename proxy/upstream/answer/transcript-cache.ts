/** Cache of transcripts for some seconds, so that a visitor who reloads again and again causes few calls. */
import { createTtlCache } from "../resilience/ttl-cache.ts";
import { createSingleFlight } from "../resilience/single-flight.ts";
import type { StoredMessage } from "../types.ts";

/** Milliseconds that a transcript is cached; doubled each time while it is read again and again. */
const firstMs = 1500;
const maxMs = 20_000;
/** Milliseconds for which the same rating is sent twice at most; one may have been undone on another device. */
const ratingMs = 60_000;
const maxRepeats = 2;
/** Characters that all cached transcripts have together, at most. */
const capacity = 8_000_000;

type Cached = { messages: StoredMessage[]; size: number };

export type TranscriptCache = {
  read(
    session: string,
    signal: AbortSignal,
    load: (signal: AbortSignal) => Promise<StoredMessage[]>,
  ): Promise<StoredMessage[]>;
  /** A message was added, rated or deleted in it. */
  changed(session: string): void;
  /** Whether this rating was sent often enough moments ago. */
  isRated(session: string, message: number, reaction: string): boolean;
  rated(session: string, message: number, reaction: string): void;
};

export function createTranscriptCache(clock: () => number): TranscriptCache {
  const cached = createTtlCache<Cached>({ clock, capacity, weigh: ({ size }) => size });
  /** How long each is cached the next time, even after a change: otherwise a visitor who changes much reads much. */
  const lives = createTtlCache<number>({ clock, capacity: 20_000 });
  const ratings = createTtlCache<{ reaction: string; times: number }>({ clock, capacity: 20_000 });
  /** Counts changes, so that a transcript that was read meanwhile is not cached. */
  const changes = createTtlCache<number>({ clock, capacity: 20_000 });
  const join = createSingleFlight<StoredMessage[]>();
  let last = 0;

  async function fetchNow(
    session: string,
    signal: AbortSignal,
    forMs: number,
    load: (signal: AbortSignal) => Promise<StoredMessage[]>,
  ): Promise<StoredMessage[]> {
    const before = changes.get(session);
    const messages = await load(signal);
    if (changes.get(session) === before) cached.set(session, { messages, size: sizeOf(messages) }, forMs);
    return messages;
  }

  return {
    async read(session, signal, load) {
      signal.throwIfAborted();
      const known = cached.get(session);
      if (known) return known.messages;
      const forMs = lives.get(session) ?? firstMs;
      lives.set(session, Math.min(2 * forMs, maxMs), 3 * maxMs);
      const flight = `${session} ${changes.get(session) ?? 0}`;
      return join(flight, signal, (shared) => fetchNow(session, shared, forMs, load));
    },
    changed(session) {
      changes.set(session, ++last, 10 * 60_000);
      cached.drop(session);
    },
    isRated(session, message, reaction) {
      const last = ratings.get(`${session} ${message}`);
      return last?.reaction === reaction && last.times >= maxRepeats;
    },
    rated(session, message, reaction) {
      const key = `${session} ${message}`;
      const last = ratings.get(key);
      const times = last?.reaction === reaction ? last.times + 1 : 1;
      ratings.set(key, { reaction, times }, ratingMs);
    },
  };
}

const sizeOf = (messages: readonly StoredMessage[]) =>
  messages.reduce(
    (sum, { prompt, answer, citations }) =>
      sum + prompt.length + answer.length + 500 * (citations.length + 1),
    0,
  );
