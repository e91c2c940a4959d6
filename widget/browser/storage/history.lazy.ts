/** History of conversations on this device: lists, resumes and deletes them. */
import type {
  HistoryEntry,
  RunningConversation,
  ConversationHistory,
} from "../../conversation/conversation.ts";
import type { VisitorProblem, ConversationRef } from "../../conversation/types.ts";
import { loadTurnModule } from "../../conversation/live-turn.ts";
import type { ChatEnvironment } from "../../conversation/environment.ts";
import { parseStored } from "./parse-stored.ts";
import { isJsonObject, textOrNull } from "../api/json-object.ts";
import type { JsonObject } from "../api/json-object.ts";
import type { HistoryStore } from "./types.ts";

/** Id of the present conversation, which has no number among the earlier ones. */
const present = "present";

type Entries = readonly (readonly [id: string, entry: JsonObject])[];

/** Earlier conversations, oldest first, without corrupt and expired ones. */
function entriesIn(store: HistoryStore): Entries {
  const all = store.read();
  return Object.entries(Object(all?.["earlier"])).flatMap(([id, entry]) =>
    isJsonObject(entry) && parseStored(entry) && store.read({ ...all, ...entry })
      ? [[id, entry] as const]
      : [],
  );
}

/** Deletes expired conversations. */
function tidy(store: HistoryStore): void {
  const all = store.read();
  const entries = entriesIn(store);
  if (all && entries.length < Object.keys(Object(all["earlier"])).length)
    store.write({ ...all, earlier: asEarlier(entries) }, all["at"]);
}

const asEarlier = (entries: Entries) => (entries.length > 0 ? Object.fromEntries(entries) : undefined);

export function adoptArchived(store: HistoryStore, turn: string, ref: ConversationRef): void {
  const all = store.read();
  const entries = entriesIn(store).map(([id, entry]) => {
    const isIt = parseStored(entry)?.pending?.id === turn;
    return [id, isIt ? { ...entry, ref } : entry] as const;
  });
  store.write({ ...all, earlier: asEarlier(entries) });
}

/** Returns why it could not be deleted, or null. */
async function deleteConversation(
  ref: ConversationRef,
  environment: ChatEnvironment,
  closed: AbortSignal,
): Promise<VisitorProblem | null> {
  const { isGone, withRetry } = await loadTurnModule();
  const reply = await withRetry(environment, closed, () => environment.transport.forget(ref));
  return reply.ok || isGone(reply.problem) ? null : reply.problem;
}

export function createHistory(
  store: HistoryStore,
  running: RunningConversation,
  environment: ChatEnvironment,
): ConversationHistory {
  tidy(store);
  const forget = (ref: ConversationRef | null) =>
    ref ? deleteConversation(ref, environment, running.state.closed) : null;
  const shown = (id: string, entry: JsonObject, isPresent: boolean): HistoryEntry => ({
    id,
    name: textOrNull(entry["name"]) ?? "",
    at: Number(entry["at"] ?? environment.now()),
    isPresent,
  });

  function list(): readonly HistoryEntry[] {
    const all = store.read();
    const first = (running.finished.value[0] ?? running.streaming.value)?.question;
    const here: readonly HistoryEntry[] =
      all && parseStored(all) ? [shown(present, { ...all, name: all["name"] ?? first }, true)] : [];
    return entriesIn(store).reduceRight((list, [id, entry]) => [...list, shown(id, entry, false)], here);
  }

  function take(id: string): JsonObject | null {
    const entries = entriesIn(store);
    const earlier = asEarlier(entries.filter(([each]) => each !== id));
    if (earlier || store.load()) store.write({ ...store.read(), earlier });
    else store.clear();
    return entries.find(([each]) => each === id)?.[1] ?? null;
  }

  return {
    list,
    resume(id) {
      if (id === present) return true;
      const taken = take(id);
      if (!taken) return false;
      const { name, ref, pending, last } = taken;
      running.startOver();
      store.write({ ...store.read(), name, ref, pending, last });
      void running.restore();
      return true;
    },
    async remove(id) {
      if (id === present) {
        await running.settle();
        const problem = await forget(store.load()?.ref ?? null);
        if (problem) return problem;
        store.forget();
        running.reset();
        return null;
      }
      const entry = entriesIn(store).find(([each]) => each === id)?.[1];
      const problem = await forget(parseStored(entry ?? null)?.ref ?? null);
      if (!problem) take(id);
      return problem;
    },
  };
}
