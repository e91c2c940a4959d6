/** Synchronization of tabs: updates this tab from the stored conversation, which all tabs share. */
import { effect } from "@preact/signals";
import { contain } from "../contain.ts";
import { createLiveTurn } from "../live-turn.ts";
import type { RunningConversation } from "../conversation.ts";
import type { StoredConversation, ChatEnvironment, ConversationStore } from "../environment.ts";
import type { ConversationState, PendingTurn } from "../types.ts";

export const createTabSync = (
  running: RunningConversation,
  { store }: Pick<ChatEnvironment, "store">,
): TabSync => new TabSync(running, store);

/** Order of two questions that were asked at the same moment; the same in every tab. */
function goesFirst(one: PendingTurn, other: PendingTurn): boolean {
  if (one.taken || other.taken) return !other.taken;
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}

export class TabSync {
  readonly #running: RunningConversation;
  readonly #state: ConversationState;
  readonly #store: ConversationStore;
  /** Question of this tab that waits for another tab's turn. */
  #waiting: PendingTurn | null = null;
  readonly dispose: () => void;

  constructor(running: RunningConversation, store: ConversationStore) {
    const { streaming, restoring } = running;
    this.#running = running;
    this.#state = running.state;
    this.#store = store;
    this.dispose = effect(() => {
      // Not synchronously, because the caller is still changing the state.
      if (!streaming.value && !restoring.value) queueMicrotask(() => contain(() => this.#askWaiting()));
    });
  }

  /** Whether the turn is still the current one and, if it has to be sent, whether no tab has sent it. */
  isNext(turn: string, sends: boolean): boolean {
    this.catchUp(true);
    const { live, slot } = this.#state;
    return live?.pending.id === turn && !(sends && live.pending.taken && slot.ref);
  }

  /** Applies the stored conversation. `slept`: this tab may have missed messages. */
  catchUp(slept: boolean): void {
    const state = this.#state;
    if (state.restoring.value) return;
    const known: StoredConversation | null = this.#store.load();
    const unsent = state.live?.view.phase.value === "offline" ? state.live.pending : null;
    // A question that waits for a network, and is neither stored nor finished, was withdrawn in another tab.
    if (unsent && !known?.pending && known?.turn !== unsent.name) state.release();
    const { live, slot } = state;
    const here = slot.ref?.conversation;
    const there = known?.ref?.conversation;
    const isBegun = here !== undefined || live !== null;
    const isPending = live !== null && known?.pending?.id === live.pending.id;
    const isOver = live !== null && known?.turn === live.pending.name && !isPending;
    // The turn that failed here may have been retried in another tab, and have started a conversation there.
    const mine = live?.pending ?? state.ended;
    const isMine = mine !== null && (known?.pending?.id === mine.id || known?.turn === mine.name);
    const isNamedNow = here === undefined && isMine;
    if (!known || (here !== there && !isNamedNow)) {
      this.#queueOwnQuestion();
      if (isBegun || known) this.#running.reset();
      if (known) void this.#running.restore();
      return;
    }
    if (slot.ref && known.ref) slot.ref.visitor = known.ref.visitor;
    else if (known.ref) state.setRef(known.ref);
    const { pending, last } = known;
    const isBehind = last !== undefined && last !== state.last();
    // Another tab has had an answer and asks again; it may have sent this tab's question too.
    const isLeft = slept && isBehind && pending !== null && !isPending;
    if (isLeft && !isOver) this.#queueOwnQuestion();
    // Or this tab could not reach the proxy while another received the answer.
    if (isLeft || (isOver && (slept || !live.remote))) {
      state.release();
      return void this.#running.restore();
    }
    if (pending) this.#followOther(pending);
    const isPast = slept && live?.remote && pending?.id !== live.pending.id;
    if (isBehind && isPast && state.live === live) state.release();
    if (isBehind && !state.live && !pending) void this.#running.restore();
  }

  #queueOwnQuestion(): void {
    const { live } = this.#state;
    // All tabs know a question that waits for a network, so another tab has finished it.
    if (!live || live.remote || live.view.phase.value === "offline") return;
    if (!live.pending.taken) this.#waiting = live.pending;
  }

  #stopAt(pending: PendingTurn, text: string): void {
    this.#state.release();
    const turn = createLiveTurn(pending, true);
    turn.append(text);
    this.#state.finish(turn, { end: "stopped" });
  }

  #isNews({ id, name, at, taken }: PendingTurn): boolean {
    const { finished, ended } = this.#state;
    const known = finished.value.some((turn) => turn.id === name);
    if (!known || ended?.id !== id || ended.stopped !== undefined) return !known;
    // Asked again under the same id, because it was refused before, or the proxy may not have received it.
    return at > ended.at || (taken && !ended.taken);
  }

  #followOther(pending: PendingTurn): void {
    const state = this.#state;
    const { live } = state;
    const isSame = live?.pending.id === pending.id;
    if (pending.stopped !== undefined) {
      // The tab with the stream still waits for the conversation's id, without which it cannot stop the turn.
      if (isSame && !live.remote && !state.slot.ref) this.#running.stop();
      else if (isSame) this.#stopAt(pending, pending.stopped);
      else if (!live && this.#isNews(pending)) void this.#running.restore();
      else if (!live) state.setStopped(pending);
    } else if (isSame) {
      if (pending.taken) state.setTaken();
    } else if (this.#isNews(pending)) {
      // A question that this tab has sent may be accepted: it can neither wait nor be sent again, unlike the other one.
      const isAhead = live?.sent && !pending.taken;
      if (live && !live.remote && (isAhead || !goesFirst(pending, live.pending))) return;
      this.#queueOwnQuestion();
      state.release();
      state.startRemote(pending);
    }
  }

  #askWaiting(): void {
    const state = this.#state;
    const { finished, restoring } = state;
    const next = this.#waiting;
    if (!next || state.live || restoring.value) return;
    this.#waiting = null;
    const { question, after } = next;
    const since = finished.value.slice(finished.value.findIndex(({ message }) => message === after) + 1);
    // Another tab sent it while this one was suspended.
    if (since.some((turn) => turn.message !== null && turn.question === question)) return;
    state.start({ ...next, after: state.last() ?? null });
  }
}
