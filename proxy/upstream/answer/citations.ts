/** Sources of answers by their citation ids: looked up in parallel, cached, bounded in number and time. */
import type { Citation } from "../../protocol/bodies.ts";
import type { Addresses } from "../urls.ts";
import { createTtlCache } from "../resilience/ttl-cache.ts";
import type { Calls } from "../request.ts";
import { citationAt, type Reference, referenceIn, type Source, sourceIn } from "./citation-fields.ts";
import { asUpstreamFailure } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import { fields } from "../parse.ts";
import type { KeyGuard } from "../redact-key.ts";
import type { AnswerSink } from "../types.ts";

/** The call that needs the sources. */
type Caller = "ask" | "messages";

/**
 * Sources of one answer and of one transcript, at most: a long transcript causes no hundreds of calls, and the newest
 * answers' sources are looked up first.
 */
const maxSources = { ask: 20, messages: 60 };
const maxConcurrent = 4;
/** Milliseconds for one source, and for all of a list or transcript. */
const oneMs = 4000;
const allMs = 8000;
const cacheMs = 3_600_000;
const cacheMissingMs = 60_000;

/** An entry of a list of citations with its place, from 1. */
type Entry = { place: number; reference: Reference };

/** What the look-ups of one call have in common. */
type LookUp = { caller: Caller; project: number; deadline: number; signal: AbortSignal };

type Options = {
  calls: Calls;
  addresses: Addresses;
  clock: () => number;
  /** Called once for each answer or transcript of which sources were left out. */
  leftOut: (caller: Caller, project: number, detail: string) => void;
};

export type Citations = ReturnType<typeof createCitations>;

export function createCitations(options: Options) {
  const { clock, leftOut } = options;
  const sources = createSources(options);

  /** Failures are reported and not thrown; an abort is thrown. */
  async function lookUpAll(
    caller: Caller,
    project: number,
    ids: readonly number[],
    signal: AbortSignal,
  ): Promise<Map<number, Source>> {
    const lookUp = { caller, project, deadline: clock() + allMs, signal };
    const known = ids.map((id) => [id, sources.known(project, id)] as const);
    const found = new Map(known.flatMap(([id, source]) => (source ? [[id, source] as const] : [])));
    const unknown = known.flatMap(([id, source]) => (source === undefined ? [id] : []));
    const failures: UpstreamFailure[] = [];
    await inParallel(unknown, async (id) => {
      try {
        found.set(id, await sources.load(id, lookUp));
      } catch (error) {
        signal.throwIfAborted();
        failures.push(asUpstreamFailure(error));
      }
    });
    const first = failures[0];
    if (first)
      leftOut(caller, project, `${failures.length} of ${ids.length} sources left out: ${first.detail}`);
    return found;
  }

  /** The sources of several answers, newest answer last; lists keep their order. */
  async function resolveLists(
    caller: Caller,
    project: number,
    lists: readonly (readonly unknown[])[],
    signal: AbortSignal,
  ): Promise<Citation[][]> {
    const entries = lists.map(entriesOf);
    const ids = idsToLookUp(entries, maxSources[caller]);
    const found = ids.length > 0 ? await lookUpAll(caller, project, ids, signal) : new Map<number, Source>();
    return entries.map((list) => citationsOf(list, found));
  }

  return {
    async ofAnswer(project: number, list: readonly unknown[], signal: AbortSignal): Promise<Citation[]> {
      const [citations] = await resolveLists("ask", project, [list], signal);
      return citations ?? [];
    },
    /** `lists` from the oldest answer to the newest. */
    ofTranscript(project: number, lists: readonly (readonly unknown[])[], signal: AbortSignal) {
      return resolveLists("messages", project, lists, signal);
    },
  };
}

export type SendCitations = ReturnType<typeof createSendCitations>;

/** Resolves an answer's sources and passes them to its sink; throws where one carries the key. */
export function createSendCitations(citations: Citations, guard: KeyGuard) {
  return async function sendCitations(
    project: number,
    sources: readonly unknown[],
    sink: AnswerSink,
    signal: AbortSignal,
  ): Promise<void> {
    if (sources.length === 0) return;
    guard.refuseKeyIn(sources);
    const resolved = await citations.ofAnswer(project, sources, signal);
    signal.throwIfAborted();
    if (resolved.length > 0) sink.citations(resolved);
  };
}

/** Single sources by their ids, cached. */
function createSources({ calls, addresses, clock }: Options) {
  /** null: upstream has no such source. */
  const cache = createTtlCache<Source | null>({ clock, capacity: 2000 });
  const keyOf = (project: number, id: number) => `${project}/${id}`;

  return {
    /** null: upstream has no such source; undefined: not known. */
    known: (project: number, id: number) => cache.get(keyOf(project, id)),

    async load(id: number, { caller, project, deadline, signal }: LookUp): Promise<Source> {
      const totalMs = Math.min(oneMs, deadline - clock());
      if (totalMs <= 0) throw new UpstreamFailure("upstream-down", "no time left to look up sources");
      const key = keyOf(project, id);
      try {
        const url = addresses.citation(project, id);
        const part = caller === "ask" ? "source" : "read";
        const body = await calls.json({ method: "GET", url, about: "conversation", part, totalMs, signal });
        const source = sourceIn(fields(body)?.["data"] ?? body);
        if (!source) throw new UpstreamFailure("not-found", "a citation without any fields");
        cache.set(key, source, cacheMs);
        return source;
      } catch (error) {
        if (error instanceof UpstreamFailure && error.code === "not-found")
          cache.set(key, null, cacheMissingMs);
        throw error;
      }
    },
  };
}

/** Does the work for each id, a few at a time. */
async function inParallel(ids: readonly number[], work: (id: number) => Promise<void>): Promise<void> {
  const queue = [...ids];
  async function next(): Promise<void> {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) await work(id);
  }
  await Promise.all(Array.from({ length: Math.min(maxConcurrent, ids.length) }, next));
}

/** The ids of which nothing else is known, the newest answer's first. */
function idsToLookUp(lists: readonly (readonly Entry[])[], max: number): number[] {
  const references = lists.toReversed().flatMap((entries) => entries.map(({ reference }) => reference));
  const ids = references.flatMap(({ id, source }) => (!source && id !== null ? [id] : []));
  return [...new Set(ids)].slice(0, max);
}

/** What could not be looked up is left out. */
function citationsOf(entries: readonly Entry[], found: ReadonlyMap<number, Source>): Citation[] {
  return entries.flatMap(({ place, reference: { id, source } }) => {
    const known = source ?? (id === null ? undefined : found.get(id));
    return known ? [citationAt(place, known)] : [];
  });
}

/** The entries to show; a repeated source keeps its first place. */
function entriesOf(list: readonly unknown[]): Entry[] {
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const [index, value] of list.slice(0, 200).entries()) {
    const reference = referenceIn(value);
    if (!reference) continue;
    const same =
      reference.id === null ? `${reference.source?.url}|${reference.source?.title}` : String(reference.id);
    if (seen.has(same)) continue;
    seen.add(same);
    entries.push({ place: index + 1, reference });
    if (entries.length === maxSources.ask) break;
  }
  return entries;
}
