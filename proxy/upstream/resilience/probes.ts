/** Probes: calls of the proxy's own that find out whether the service works, so that no visitor's question has to. */
import { asUpstreamFailure } from "../map-error.ts";
import type { UpstreamFailure } from "../errors.ts";

/** Milliseconds between probes on suspicion, so that no caller can cause them without end. */
const suspicionMs = 5000;

export type Probes = {
  /** Makes one probe for all who need one now; rejects with its failure. */
  look(project: number): Promise<void>;
  /** Makes one in the background, unless that was done just now. Without a project, of the one last called. */
  suspect(project?: number): void;
  /** A call of this project is made. */
  note(project: number): void;
};

export function createProbes(options: {
  /** Milliseconds since 1970. */
  clock: () => number;
  look: (project: number) => Promise<void>;
  /** Called when a probe starts; what it returns is called with its failure, null where there is none. */
  begin: (project: number) => (failure: UpstreamFailure | null) => void;
}): Probes {
  const { clock, look, begin } = options;
  const running = new Map<number, Promise<void>>();
  const lookedAt = new Map<number, number>();
  let latest: number | undefined;

  async function lookOnce(project: number): Promise<void> {
    const record = begin(project);
    try {
      await look(project);
      record(null);
    } catch (error) {
      const failure = asUpstreamFailure(error);
      record(failure);
      throw failure;
    } finally {
      running.delete(project);
      lookedAt.set(project, clock());
    }
  }

  const probes: Probes = {
    look(project) {
      const known = running.get(project) ?? lookOnce(project);
      running.set(project, known);
      return known;
    },
    suspect(project = latest) {
      if (project === undefined || clock() - (lookedAt.get(project) ?? -Infinity) < suspicionMs) return;
      probes.look(project).catch(() => {});
    },
    note: (project) => void (latest = project),
  };
  return probes;
}
