/** Conversation: asks, stops, retries, rates, starts over and restores, and shows all of it as signals. */
import { batch } from "@preact/signals";
import { contain, report } from "./contain.ts";
import { lastIn } from "../builtins/last.ts";
import type { RunningConversation, ConversationCallbacks } from "./conversation.ts";
import type { Ratings } from "./ratings.lazy.ts";
import type { OwnState, VisitorProblem } from "./types.ts";
import { loadTurnModule } from "./live-turn.ts";
import { createState } from "./state.ts";
import type { ChatEnvironment } from "./environment.ts";
import { unreachable, isUnsure } from "./unreachable.ts";

/** Ends the live turn with its answer so far. */
function stopTurn(state: OwnState, environment: ChatEnvironment): void {
  const turn = state.live;
  if (!turn) return;
  const { slot } = state;
  turn.wanted = turn.remote = false;
  state.before = loadTurnModule()
    .then(({ stopUpstream }) => stopUpstream(environment, state.closing.signal, slot, turn))
    .catch(() => turn.controller.abort());
  const finish = () => state.finish(turn, { end: "stopped" });
  contain(finish);
  // Again if it did not end: a stopped turn that goes on would have no stop button.
  if (state.live === turn) finish();
}

function startOver(state: OwnState, environment: ChatEnvironment): void {
  const { live, slot } = state;
  environment.store.archive(state.finished.value[0]?.question);
  state.clear();
  if (!live) return;
  // The proxy finishes the answer; only its conversation's reference is still awaited, if there is none yet.
  live.wanted = false;
  if (slot.ref) live.controller.abort();
}

/** Asks the question of a failed or stopped turn again, replacing that turn. */
function retryTurn(state: OwnState, environment: ChatEnvironment, id: string): void {
  const { finished, ended } = state;
  const last = lastIn(finished.value);
  if (state.live || !last || last.id !== id || last.end === "answered") return;
  // The same turn if the proxy may have it; a new one only if it has certainly ended.
  const again =
    ended?.name === id && isUnsure(last.problem) ? ended : state.newTurn(last.question, last.page);
  const before = finished.value;
  try {
    batch(() => {
      finished.value = before.slice(0, -1);
      state.start({ ...again, at: environment.now(), instead: id });
    });
  } finally {
    if (!state.live) finished.value = before;
  }
}

/** Fetches the transcript from the proxy. Throws only errors of the view's effects. */
async function restoreStored(
  state: OwnState,
  environment: ChatEnvironment,
  again: () => void,
): Promise<void> {
  const { problem, restoring, closing } = state;
  const known = environment.store.load();
  if (!known) problem.value = null;
  if (!known || restoring.value) return;
  // The second time, a question that was asked meanwhile keeps its slot.
  const slot = state.slot.ref ? state.slot : (state.slot = { ref: known.ref });
  let failed: VisitorProblem | null;
  try {
    batch(() => {
      restoring.value = true;
      problem.value = null;
    });
    const { restoreConversation } = await import("./restore.lazy.ts");
    failed = await restoreConversation(state, slot, environment, known);
  } catch (error) {
    report(error);
    failed = unreachable(environment);
  }
  if (state.slot !== slot || closing.signal.aborted) return;
  batch(() => {
    if (failed) problem.value = environment.store.load() ? { ...failed, again } : failed;
    if (!restoring.value) return;
    // Nothing has been restored, and the visitor may go on.
    restoring.value = false;
    state.askEarly();
  });
}

export function createConversation(
  environment: ChatEnvironment,
  callbacks: ConversationCallbacks = {},
): RunningConversation {
  const state = createState(environment, callbacks);
  const { finished, streaming, restoring, problem, closing } = state;

  let ratings: Promise<Ratings> | null = null;

  /** Reports a failure, also to the visitor, in place of throwing it. */
  function attempt(work: () => void): VisitorProblem | null {
    try {
      work();
      return null;
    } catch (error) {
      report(error);
      return contain(() => (problem.value = unreachable(environment))) ?? null;
    }
  }

  const again = () => void restore();
  const restore = (): Promise<void> =>
    restoreStored(state, environment, again).catch((error: unknown) => {
      report(error);
      problem.value = { ...unreachable(environment), again };
    });

  return {
    state,
    finished,
    streaming,
    restoring,
    problem,
    ask(question) {
      const failed = attempt(() => state.ask(question));
      return state.live || state.early ? null : failed;
    },
    stop: () => void attempt(() => stopTurn(state, environment)),
    retry: (id) => void attempt(() => retryTurn(state, environment, id)),
    rate(id, reaction) {
      ratings ??= import("./ratings.lazy.ts").then(({ createRatings }) => createRatings(state, environment));
      ratings
        .then(({ rate }) => rate(id, reaction))
        .catch(() => {
          ratings = null;
          problem.value = unreachable(environment);
        });
    },
    startOver: () => void attempt(() => startOver(state, environment)),
    dismissProblem: () => void (problem.value = null),
    restore,
    settle() {
      stopTurn(state, environment);
      return state.before;
    },
    reset() {
      state.live?.controller.abort();
      state.clear();
    },
    dispose() {
      closing.abort();
      state.live?.controller.abort();
    },
  };
}
