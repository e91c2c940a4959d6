/** Search for an answer in the stored messages, when its stream was incomplete. */
import { continuation } from "./rest-of-answer.ts";
import type { StoredMessages, StoredRecord } from "./stored-messages.ts";
import type { UpstreamQuestion } from "../types.ts";

/** Milliseconds before each try: upstream may still be writing when its stream breaks. */
const waitsMs = [0, 500, 1500, 3000];
/** The same after a crash of the instance, when upstream may still have most of the answer to write. */
const lateWaitsMs = [...waitsMs, 5000, 10_000, 10_000, 15_000];
const oneTryMs = 5000;

export type StoredAnswer = { record: StoredRecord; rest: string };

export function createStoredAnswers(
  stored: StoredMessages,
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>,
) {
  /** One try: the stored answer to this question that continues where the stream ended, or null. */
  async function findNow(
    question: UpstreamQuestion,
    streamed: string,
    signal: AbortSignal,
  ): Promise<StoredAnswer | null> {
    const { project, session } = question;
    const records = await stored.newest(project, session, oneTryMs, signal).catch(() => []);
    signal.throwIfAborted();
    return match(records, question, streamed);
  }

  /** Several tries; null after the last one. */
  async function after(
    waitsMs: readonly number[],
    question: UpstreamQuestion,
    streamed: string,
    signal: AbortSignal,
  ): Promise<StoredAnswer | null> {
    for (const wait of waitsMs) {
      if (wait > 0) await sleep(wait, signal);
      signal.throwIfAborted();
      const found = await findNow(question, streamed, signal);
      if (found) return found;
    }
    return null;
  }

  return {
    findNow,
    /** Tries for a few seconds. */
    findSoon: (question: UpstreamQuestion, streamed: string, signal: AbortSignal) =>
      after(waitsMs, question, streamed, signal),
    /** Tries for most of a minute. */
    findLate: (question: UpstreamQuestion, streamed: string, signal: AbortSignal) =>
      after(lateWaitsMs, question, streamed, signal),
  };
}

function match(
  records: readonly StoredRecord[],
  question: UpstreamQuestion,
  streamed: string,
): StoredAnswer | null {
  const prompt = oneSpaced(question.prompt);
  for (const record of [...records].sort((a, b) => b.id - a.id)) {
    if (question.newerThan !== undefined && record.id <= question.newerThan) return null;
    if (record.answer.trim() === "" || oneSpaced(record.prompt) !== prompt) continue;
    const rest = continuation(record.answer, streamed);
    if (rest !== null) return { record, rest };
  }
  return null;
}

const oneSpaced = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
