/** Synchronization of tabs: keeps what this tab shows in step with the stored conversation, which all tabs share. */
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

/** Of two questions asked at the same moment: the same in every tab. */
function goesFirst(one: PendingTurn, other: PendingTurn): boolean {
  if (one.taken || other.taken) return !other.taken;
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}

export class TabSync {
  readonly #running: RunningConversation;
  readonly #state: ConversationState;
  readonly #store: ConversationStore;
  /** Question of this tab that goes next, since another tab was asking. */
  #waiting: PendingTurn | null = null;
  readonly dispose: () => void;

  constructor(running: RunningConversation, store: ConversationStore) {
    const { streaming, restoring } = running;
    this.#running = running;
    this.#state = running.state;
    this.#store = store;
    this.dispose = effect(() => {
      // Not at once: the caller that made room for it is still at work.
      if (!streaming.value && !restoring.value) queueMicrotask(() => contain(() => this.#askWaiting()));
    });
  }

  /** Whether the turn is still the one to be answered now; if it is to be sent for that, whether no tab has done so. */
  isNext(turn: string, sends: boolean): boolean {
    this.catchUp(true);
    const { live, slot } = this.#state;
    return live?.pending.id === turn && !(sends && live.pending.taken && slot.ref);
  }

  /** Takes over what is stored now. `slept`: this tab may have missed messages. */
  catchUp(slept: boolean): void {
    const state = this.#state;
    if (state.restoring.value) return;
    const known: StoredConversation | null = this.#store.load();
    const unsent = state.live?.view.phase.value === "offline" ? state.live.pending : null;
    // One that waits for a network, and is neither remembered nor over, was taken back in another tab.
    if (unsent && !known?.pending && known?.turn !== unsent.name) state.release();
    const { live, slot } = state;
    const here = slot.ref?.conversation;
    const there = known?.place?.conversation;
    const isBegun = here !== undefined || live !== null;
    const isPending = live !== null && known?.pending?.id === live.pending.id;
    const isOver = live !== null && known?.turn === live.pending.name && !isPending;
    // The one that failed here may have been asked again in another tab, and begun a conversation there.
    const mine = live?.pending ?? state.ended;
    const isMine = mine !== null && (known?.pending?.id === mine.id || known?.turn === mine.name);
    const isNamedNow = here === undefined && isMine;
    if (!known || (here !== there && !isNamedNow)) {
      this.#queueOwnQuestion();
      if (isBegun || known) this.#running.reset();
      if (known) void this.#running.restore();
      return;
    }
    if (slot.ref && known.place) slot.ref.visitor = known.place.visitor;
    else if (known.place) state.setRef(known.place);
    const { pending, last } = known;
    const isBehind = last !== undefined && last !== state.last();
    // Another tab has asked and been answered, and asks again; it may have sent this tab's question too.
    const isLeft = slept && isBehind && pending !== null && !isPending;
    if (isLeft && !isOver) this.#queueOwnQuestion();
    // Or this tab tried in vain to reach the proxy while another got the answer.
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
    // Of one that waits for a network all tabs know: what has come of it has come of it in another.
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
    // Asked again under the same name, since nobody knew whether the proxy had heard it, or refused before.
    return at > ended.at || (taken && !ended.taken);
  }

  #followOther(pending: PendingTurn): void {
    const state = this.#state;
    const { live } = state;
    const isSame = live?.pending.id === pending.id;
    if (pending.stopped !== undefined) {
      // Whoever has the stream still waits for the conversation's name, without which nothing can be stopped.
      if (isSame && !live.remote && !state.slot.ref) this.#running.stop();
      else if (isSame) this.#stopAt(pending, pending.stopped);
      else if (!live && this.#isNews(pending)) void this.#running.restore();
    } else if (isSame) {
      if (pending.taken) state.setTaken();
    } else if (this.#isNews(pending)) {
      // What has left this tab may be taken: it can neither wait nor be sent anew, but the other one can.
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
    // Another tab has sent it while this one slept.
    if (since.some((turn) => turn.message !== null && turn.question === question)) return;
    state.start({ ...next, after: state.last() ?? null });
  }
}
