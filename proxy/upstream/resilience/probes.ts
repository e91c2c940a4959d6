/** Health checks of the proxy's own, so that no visitor's question has to find out whether the service is there. */
import { asUpstreamFailure } from "../map-error.ts";
import type { UpstreamFailure } from "../errors.ts";

/** Milliseconds for which a finding answers further suspicion, so that nobody can make us ask without end. */
const enoughMs = 5000;

export type Probes = {
  /** One look for all who want one now; rejects with what it came to. */
  look(project: number): Promise<void>;
  /** Looks in the background, unless that was done just now. Without a project, at the one last called. */
  suspect(project?: number): void;
  /** Calls of this project go up. */
  note(project: number): void;
};

export function createProbes(options: {
  /** Milliseconds since 1970. */
  clock: () => number;
  look: (project: number) => Promise<void>;
  /** Told when a look begins; what it returns, what it came to: null where all is well. */
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
      if (project === undefined || clock() - (lookedAt.get(project) ?? -Infinity) < enoughMs) return;
      probes.look(project).catch(() => {});
    },
    note: (project) => void (latest = project),
  };
  return probes;
}
