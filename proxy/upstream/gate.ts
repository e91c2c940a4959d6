/** Lets calls through to the service unless something it said or did is against it, and learns from what they come to. */
import type { Meters } from "../meters/meters.ts";
import { createCircuit, type Circuit, type CircuitState } from "./circuit.ts";
import { UpstreamFailure } from "./failures.ts";
import { createPauses } from "./pauses.ts";
import { createTurnedDown } from "./turned-down.ts";

type GateOptions = {
  /** Milliseconds since 1970. */
  clock: () => number;
  meters: Pick<Meters, "upstream">;
  changed: (state: CircuitState, detail: string) => void;
};

/** What a call works with: to be called as soon as the service shows that it answers, before the call has ended. */
type Work<Result> = (alive: () => void) => Promise<Result>;

export type Gate<Kind extends string> = {
  /** Of the calls that a question consists of. */
  state(): CircuitState;
  /** Throws while calls of this kind may not go; `project` for those that a question consists of. */
  check(kind: Kind, project?: number): void;
  /** Runs one call, or throws as `check`. */
  run<Result>(kind: Kind, signal: AbortSignal, work: Work<Result>, project?: number): Promise<Result>;
  /** Counts what is refused on our side. */
  refusing<Result>(kind: Kind, work: () => Result): Result;
};

/** A service that turns questions down may still show what was said: only they are held back for that. */
export function createGate<Kind extends string>({
  clock,
  meters,
  changed,
}: GateOptions): Gate<Kind | "begin" | "ask"> {
  const pauses = createPauses<Kind | "begin" | "ask">(clock);
  const questions = createCircuit({ clock, changed, proof: "ask" });
  const turnedDown = createTurnedDown(clock);
  /** Ratings that fail, say, must keep nobody from asking. */
  const circuits = new Map<Kind | "begin" | "ask", Circuit>([
    ["begin", questions],
    ["ask", questions],
  ]);

  function circuitOf(kind: Kind | "begin" | "ask"): Circuit {
    const circuit = circuits.get(kind) ?? createCircuit({ clock });
    circuits.set(kind, circuit);
    return circuit;
  }

  const gate: Gate<Kind | "begin" | "ask"> = {
    state: () => questions.state(),

    check(kind, project) {
      // A conversation that cannot be asked anything need not be begun.
      pauses.check(kind, ...(kind === "begin" ? (["ask"] as const) : []));
      circuitOf(kind).check();
      if (project !== undefined) turnedDown.check(project);
    },

    async run(kind, signal, work, project) {
      const [judge, hear] = gate.refusing(kind, () => {
        gate.check(kind, project);
        return [
          circuitOf(kind).begin(kind),
          project === undefined ? () => {} : turnedDown.begin(kind, project),
        ];
      });
      try {
        const result = await work(() => {
          judge("alive");
          hear(null);
        });
        judge("alive");
        hear(null);
        return result;
      } catch (error) {
        const told = error instanceof UpstreamFailure && !signal.aborted ? error : undefined;
        if (told) pauses.note(kind, told);
        judge(told === undefined ? "unknown" : told.code === "upstream-down" ? "down" : "alive");
        hear(told);
        throw error;
      }
    },

    refusing(kind, work) {
      try {
        return work();
      } catch (error) {
        meters.upstream(kind, "refused by us");
        throw error;
      }
    },
  };
  return gate;
}
