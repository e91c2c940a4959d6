/** Probes: calls of the proxy's own that find out whether the service works, so that no visitor's question has to. */
import { asUpstreamFailure } from "../map-error.ts";
import type { UpstreamFailure } from "../errors.ts";

/** Milliseconds between probes on suspicion, so that no caller can cause them without end. */
const suspicionMs = 5000;

export type Probes = {
  /** Makes one probe for all who need one now; rejects with its failure. */
  probe(project: number): Promise<void>;
  /** Makes one in the background, unless that was done just now. Without a project, of the one last called. */
  suspect(project?: number): void;
  /** A call of this project is made. */
  note(project: number): void;
};

export function createProbes(options: {
  /** Milliseconds since 1970. */
  clock: () => number;
  checkAgent: (project: number) => Promise<void>;
  /** Called when a probe starts; what it returns is called with its failure, null where there is none. */
  startProbe: (project: number) => (failure: UpstreamFailure | null) => void;
}): Probes {
  const { clock, checkAgent, startProbe } = options;
  const running = new Map<number, Promise<void>>();
  const probedAt = new Map<number, number>();
  let latest: number | undefined;

  async function probeOnce(project: number): Promise<void> {
    const record = startProbe(project);
    try {
      await checkAgent(project);
      record(null);
    } catch (error) {
      const failure = asUpstreamFailure(error);
      record(failure);
      throw failure;
    } finally {
      running.delete(project);
      probedAt.set(project, clock());
    }
  }

  const probes: Probes = {
    probe(project) {
      const known = running.get(project) ?? probeOnce(project);
      running.set(project, known);
      return known;
    },
    suspect(project = latest) {
      if (project === undefined || clock() - (probedAt.get(project) ?? -Infinity) < suspicionMs) return;
      probes.probe(project).catch(() => {});
    },
    note: (project) => void (latest = project),
  };
  return probes;
}
