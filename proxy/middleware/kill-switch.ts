/** Kill switch: a file that pauses sites, agents or everything, without a restart. */
import { isAllowedOrigin } from "./cors.ts";
import { Refused } from "../http/errors.ts";
import type { Log } from "../http/log.ts";

/** The file as the server lets it be read. */
export type PauseFile = {
  /** When it was last changed, as a number that differs then; null when it is not there. Throws when that cannot be seen. */
  modified(path: string): number | null;
  /** Throws when it cannot be read. */
  read(path: string): string;
};

export type Pause = {
  /** Throws `Refused` with `agent-unavailable`. `agent` is an alias, or null where none is known yet. */
  check(origin: string | null, agent: string | null): void;
};

type Paused = { everything: boolean; origins: readonly string[]; agents: ReadonlySet<string> };

const nothing: Paused = { everything: false, origins: [], agents: new Set() };
/** Milliseconds between two reads of the file. */
const pollIntervalMs = 1000;

/**
 * One entry on each line: `*`, `agent:` with an alias, or an origin as in ALLOWED_ORIGINS; `#` starts a comment. A
 * missing file pauses nothing; one that cannot be read changes nothing. A path of null never pauses anything.
 */
export function createPause(
  file: PauseFile,
  clock: () => number,
  path: string | null,
  log?: Pick<Log, "warn">,
): Pause {
  let paused = nothing;
  let polledAt = -Infinity;
  let modified: number | null = null;
  let isUnreadable = false;

  function poll(path: string): void {
    const now = clock();
    // Also when the clock was set back: a switch must not hang until time has caught up.
    if (Math.abs(now - polledAt) < pollIntervalMs) return;
    polledAt = now;
    try {
      const at = file.modified(path);
      if (at !== modified) change(at === null ? nothing : readPause(file.read(path), unknownLine));
      modified = at;
      isUnreadable = false;
    } catch {
      if (!isUnreadable) log?.warn({}, "PAUSE_FILE cannot be read; what was paused stays so");
      isUnreadable = true;
    }
  }

  function change(next: Paused): void {
    const [had, has] = [pausesSomething(paused), pausesSomething(next)];
    paused = next;
    const { everything, origins } = next;
    if (has) log?.warn({ everything, origins, agents: [...next.agents] }, "PAUSE_FILE pauses something");
    else if (had) log?.warn({}, "PAUSE_FILE pauses nothing any more");
  }

  const unknownLine = (line: string) =>
    log?.warn({ line: line.slice(0, 80) }, "A line of PAUSE_FILE says nothing that can be paused");

  return {
    check(origin, agent) {
      if (path === null) return;
      poll(path);
      const { everything, origins, agents } = paused;
      const isPaused =
        everything ||
        (agent !== null && agents.has(agent)) ||
        (origin !== null && isAllowedOrigin(origin, origins));
      if (isPaused) throw new Refused("agent-unavailable");
    },
  };
}

const pausesSomething = ({ everything, origins, agents }: Paused) =>
  everything || origins.length > 0 || agents.size > 0;

function readPause(text: string, unknown: (line: string) => void): Paused {
  const origins: string[] = [];
  const agents = new Set<string>();
  let everything = false;
  for (const written of text.split("\n")) {
    const line = written.replace(/#.*/, "").trim().toLowerCase();
    const agent = /^agent:\s*([a-z0-9-]+)$/.exec(line)?.[1];
    const site = /^(https?:\/\/)(\*\.)?([^*/?#@]+)\/?$/.exec(line);
    const address = `${site?.[1] ?? ""}${site?.[3] ?? ""}`;
    if (line === "") continue;
    else if (line === "*") everything = true;
    else if (agent !== undefined) agents.add(agent);
    else if (site && URL.canParse(address))
      origins.push(new URL(address).origin.replace("://", `://${site[2] ?? ""}`));
    else unknown(line);
  }
  return { everything, origins, agents };
}
