/** Context of the stand-in's routes: options, store, faults, recorder. */
import type { Network } from "./crawler/download.ts";
import type { Faults } from "./faults/faults.ts";
import type { Observer } from "./recorder.ts";
import type { Store } from "./content/store.ts";
import type { Pace } from "./stream/stream-script.ts";

export type StandinOptions = Network & {
  /** The bearer key it accepts. */
  key: string;
  /** The time in ms. */
  clock: () => number;
  /** How fast answers are written. Default: 400 ms to the first event, then 25 ms a piece. */
  pace?: Pace;
  /** Rejects when the signal is aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A new UUID. */
  newId: () => string;
};

export type StandinContext = {
  options: Required<StandinOptions>;
  store: Store;
  faults: Faults;
  seen: Observer;
  /** Aborted when the stand-in is closed. */
  closing: AbortSignal;
};
