/** Turns upstream's lists of citation ids into sources: looked up in parallel, remembered, bounded in every way. */
import type { Citation } from "../../protocol/bodies.ts";
import type { Addresses } from "../urls.ts";
import { createTtlCache } from "../resilience/ttl-cache.ts";
import type { Calls } from "../request.ts";
import { citationAt, type Reference, referenceIn, type Source, sourceIn } from "./citation-fields.ts";
import { asUpstreamFailure } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import { fields } from "../parse.ts";

/** Which of the door's calls wants the sources. */
type Asking = "ask" | "messages";

/**
 * The most sources of one answer, and of one transcript: a long one does not set off hundreds of calls, the newest
 * answers' sources are looked up first.
 */
const most = { ask: 20, messages: 60 };
const atOnce = 4;
const oneMs = 4000;
const allMs = 8000;
const rememberMs = 3_600_000;
const rememberMissingMs = 60_000;

type Place = { place: number; reference: Reference };

export type Citations = ReturnType<typeof createCitations>;

export function createCitations(options: {
  calls: Calls;
  addresses: Addresses;
  clock: () => number;
  /** Told once a list when sources had to be left out. */
  leftOut: (call: Asking, project: number, detail: string) => void;
}) {
  const { calls, addresses, clock } = options;
  /** null: upstream has no such source. */
  const known = createTtlCache<Source | null>({ clock, capacity: 2000 });

  async function lookUp(
    call: Asking,
    project: number,
    citation: number,
    until: number,
    signal: AbortSignal,
  ): Promise<Source> {
    const remaining = Math.min(oneMs, until - clock());
    if (remaining <= 0) throw new UpstreamFailure("upstream-down", "no time left to look up sources");
    const key = `${project}/${citation}`;
    try {
      const url = addresses.citation(project, citation);
      const body = await calls.json({
        method: "GET",
        url,
        about: "conversation",
        part: call === "ask" ? "source" : "read",
        totalMs: remaining,
        signal,
      });
      const source = sourceIn(fields(body)?.["data"] ?? body);
      if (!source) throw new UpstreamFailure("not-found", "a citation without any fields");
      known.set(key, source, rememberMs);
      return source;
    } catch (error) {
      if (error instanceof UpstreamFailure && error.code === "not-found")
        known.set(key, null, rememberMissingMs);
      throw error;
    }
  }

  /** Looks up what is not known yet. Failures are counted, not thrown; an abort is. */
  async function lookUpAll(call: Asking, project: number, ids: readonly number[], signal: AbortSignal) {
    const found = new Map<number, Source>();
    const failures: UpstreamFailure[] = [];
    const until = clock() + allMs;
    const queue: number[] = [];
    for (const citation of ids) {
      const source = known.get(`${project}/${citation}`);
      if (source) found.set(citation, source);
      else if (source === undefined) queue.push(citation);
    }
    async function work() {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        try {
          found.set(next, await lookUp(call, project, next, until, signal));
        } catch (error) {
          signal.throwIfAborted();
          failures.push(asUpstreamFailure(error));
        }
      }
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, work));
    const first = failures[0];
    if (first)
      options.leftOut(call, project, `${failures.length} of ${ids.length} sources left out: ${first.detail}`);
    return found;
  }

  /** The sources of several answers, newest answer last; lists keep their order. */
  async function resolveLists(
    call: Asking,
    project: number,
    lists: readonly (readonly unknown[])[],
    signal: AbortSignal,
  ): Promise<Citation[][]> {
    const places = lists.map(placesIn);
    const ids = new Set<number>();
    for (const entries of places.toReversed()) {
      for (const { reference } of entries) {
        if (!reference.source && reference.id !== null && ids.size < most[call]) ids.add(reference.id);
      }
    }
    const found = ids.size > 0 ? await lookUpAll(call, project, [...ids], signal) : new Map<number, Source>();
    return places.map((entries) =>
      entries.flatMap(({ place, reference }) => {
        const source = reference.source ?? (reference.id === null ? undefined : found.get(reference.id));
        return source ? [citationAt(place, source)] : [];
      }),
    );
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

/** The entries worth showing with their places from 1; a repeated source keeps its first place. */
function placesIn(list: readonly unknown[]): Place[] {
  const seen = new Set<string>();
  const places: Place[] = [];
  for (const [index, value] of list.slice(0, 200).entries()) {
    const reference = referenceIn(value);
    if (!reference) continue;
    const same =
      reference.id === null ? `${reference.source?.url}|${reference.source?.title}` : String(reference.id);
    if (seen.has(same)) continue;
    seen.add(same);
    places.push({ place: index + 1, reference });
    if (places.length === most.ask) break;
  }
  return places;
}
