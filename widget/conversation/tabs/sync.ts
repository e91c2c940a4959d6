/** Keeps what this tab shows in step with what all of them remember. */
import { effect } from "@preact/signals";
import { contain } from "../contain.ts";
import { createLiveTurn } from "../live-turn.ts";
import type { RunningConversation } from "../conversation.ts";
import type { StoredConversation, ChatEnvironment } from "../environment.ts";
import type { PendingTurn } from "../types.ts";

export type TabSync = {
  /** Takes up what is remembered now. `slept`: whatever this tab was told meanwhile may be missing. */
  catchUp(slept: boolean): void;
  /** Whether the turn is still the one to be answered now; if it is to be sent for that, whether nobody has done so. */
  isNext(turn: string, sends: boolean): boolean;
  dispose(): void;
};

/** Of two questions asked at the same moment: the same in every tab. */
function goesFirst(one: PendingTurn, other: PendingTurn): boolean {
  if (one.taken || other.taken) return !other.taken;
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}

export function createTabSync(
  running: RunningConversation,
  { store }: Pick<ChatEnvironment, "store">,
): TabSync {
  const { state } = running;
  const { finished, streaming, restoring } = state;
  /** Asked in this tab while another one was asking: it goes next. */
  let waiting: PendingTurn | null = null;

  function queueOwnQuestion(): void {
    const { live } = state;
    // Of one that waits for a network all tabs know: what has come of it has come of it in another.
    if (!live || live.remote || live.view.phase.value === "offline") return;
    if (!live.pending.taken) waiting = live.pending;
  }

  function stopAt(pending: PendingTurn, text: string): void {
    state.release();
    const turn = createLiveTurn(pending, true);
    turn.append(text);
    state.finish(turn, { end: "stopped" });
  }

  function isNews({ id, name, at, taken }: PendingTurn): boolean {
    const known = finished.value.some((turn) => turn.id === name);
    const { ended } = state;
    if (!known || ended?.id !== id || ended.stopped !== undefined) return !known;
    // Asked again under the same name, since nobody knew whether the proxy had heard it, or refused before.
    return at > ended.at || (taken && !ended.taken);
  }

  function followOther(pending: PendingTurn): void {
    const { live } = state;
    const isSame = live?.pending.id === pending.id;
    if (pending.stopped !== undefined) {
      // Whoever has the stream still waits for the conversation's name, without which nothing can be stopped.
      if (isSame && !live.remote && !state.slot.place) running.stop();
      else if (isSame) stopAt(pending, pending.stopped);
      else if (!live && isNews(pending)) void running.restore();
    } else if (isSame) {
      if (pending.taken) state.setTaken();
    } else if (isNews(pending)) {
      // What has left this tab may be taken: it can neither wait nor be sent anew, but the other one can.
      const isAhead = live?.sent && !pending.taken;
      if (live && !live.remote && (isAhead || !goesFirst(pending, live.pending))) return;
      queueOwnQuestion();
      state.release();
      state.startRemote(pending);
    }
  }

  function catchUp(slept: boolean): void {
    if (restoring.value) return;
    const known: StoredConversation | null = store.load();
    const unsent = state.live?.view.phase.value === "offline" ? state.live.pending : null;
    // One that waits for a network, and is neither remembered nor over, was taken back in another tab.
    if (unsent && !known?.pending && known?.turn !== unsent.name) state.release();
    const { live, slot } = state;
    const here = slot.place?.conversation;
    const there = known?.place?.conversation;
    const isBegun = here !== undefined || live !== null;
    const isPending = live !== null && known?.pending?.id === live.pending.id;
    const isOver = live !== null && known?.turn === live.pending.name && !isPending;
    // The one that failed here may have been asked again in another tab, and begun a conversation there.
    const mine = live?.pending ?? state.ended;
    const isMine = mine !== null && (known?.pending?.id === mine.id || known?.turn === mine.name);
    const isNamedNow = here === undefined && isMine;
    if (!known || (here !== there && !isNamedNow)) {
      queueOwnQuestion();
      if (isBegun || known) running.reset();
      if (known) void running.restore();
      return;
    }
    if (slot.place && known.place) slot.place.visitor = known.place.visitor;
    else if (known.place) state.setRef(known.place);
    const { pending, last } = known;
    const isBehind = last !== undefined && last !== state.last();
    // Another tab has asked and been answered, and asks again; it may have sent this tab's question too.
    const isLeft = slept && isBehind && pending !== null && !isPending;
    if (isLeft && !isOver) queueOwnQuestion();
    // Or this tab tried in vain to reach the proxy while another got the answer.
    if (isLeft || (isOver && (slept || !live.remote))) {
      state.release();
      return void running.restore();
    }
    if (pending) followOther(pending);
    const isPast = slept && live?.remote && pending?.id !== live.pending.id;
    if (isBehind && isPast && state.live === live) state.release();
    if (isBehind && !state.live && !pending) void running.restore();
  }

  /** Not at once: whatever made room for it is still at work. */
  const askNext = () => queueMicrotask(() => contain(askWaiting));

  function askWaiting(): void {
    if (!waiting || state.live || restoring.value) return;
    const next = waiting;
    waiting = null;
    const { question, after } = next;
    const since = finished.value.slice(finished.value.findIndex(({ message }) => message === after) + 1);
    // Another tab has sent it while this one slept.
    if (since.some((turn) => turn.message !== null && turn.question === question)) return;
    state.start({ ...next, after: state.last() ?? null });
  }

  return {
    catchUp,
    isNext(turn, sends) {
      catchUp(true);
      const { live, slot } = state;
      return live?.pending.id === turn && !(sends && live.pending.taken && slot.place);
    },
    dispose: effect(() => {
      if (!streaming.value && !restoring.value) askNext();
    }),
  };
}
