/** Public profile of an agent: cached for a minute, and during an outage for an hour. */
import type { Addresses } from "../urls.ts";
import { type ProjectProfile, profileFrom, hasTitle } from "./agent-fields.ts";
import { createTtlCache } from "../resilience/ttl-cache.ts";
import type { Calls } from "../request.ts";
import { asUpstreamFailure } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import { fields } from "../parse.ts";
import { createSingleFlight } from "../resilience/single-flight.ts";

const freshMs = 60_000;
const staleMs = 3_600_000;
/** Milliseconds after a failure for which the cached profile is used before upstream is asked again. */
const pauseMs = 10_000;
/** The same for a refusal without a cached profile: short, so that an owner who has fixed the cause sees it soon. */
const refusalMs = 2000;
/** A visitor waits for this call; the default limits are made for answers. */
const totalMs = 10_000;

type CachedProfile = { profile: ProjectProfile; freshUntil: number };

export function createProfileReader(options: {
  calls: Calls;
  addresses: Addresses;
  clock: () => number;
  /** Called when a stale profile is used because upstream is down. */
  stale(project: number, detail: string): void;
}) {
  const { calls, addresses, clock } = options;
  const cached = createTtlCache<CachedProfile>({ clock, capacity: 1000 });
  const pausing = createTtlCache<true>({ clock, capacity: 1000 });
  /** Lasting refusals, such as that of a key: each page that a visitor opens requests the profile. */
  const refused = createTtlCache<UpstreamFailure>({ clock, capacity: 1000 });
  const join = createSingleFlight<ProjectProfile>();

  async function fetchProfile(project: number, signal: AbortSignal): Promise<ProjectProfile> {
    const get = async (url: URL) => {
      const body = await calls.json({ method: "GET", url, about: "project", part: "own", totalMs, signal });
      const data = fields(body)?.["data"] ?? body;
      // PHP cannot tell an empty object from an empty list, and writes the latter.
      return Array.isArray(data) && data.length === 0 ? {} : data;
    };
    const [settings, named] = await Promise.allSettled([
      get(addresses.settings(project)),
      get(addresses.project(project)),
    ]);
    signal.throwIfAborted();
    if (settings.status === "rejected") throw settings.reason;
    if (!fields(settings.value)) throw new UpstreamFailure("upstream-down", "settings without any fields");
    if (named.status === "fulfilled") return profileFrom(settings.value, named.value);
    // The project is only needed for its name: where the settings could be read, its absence is no reason to fail.
    const failure = asUpstreamFailure(named.reason);
    if (hasTitle(settings.value) || failure.code === "agent-unavailable")
      return profileFrom(settings.value, null);
    throw failure;
  }

  async function renew(
    project: number,
    old: CachedProfile | undefined,
    signal: AbortSignal,
  ): Promise<ProjectProfile> {
    const key = String(project);
    try {
      const profile = await fetchProfile(project, signal);
      cached.set(key, { profile: profile, freshUntil: clock() + freshMs }, freshMs + staleMs);
      return profile;
    } catch (error) {
      signal.throwIfAborted();
      const failure = asUpstreamFailure(error);
      if (failure.code !== "upstream-down") refused.set(key, failure, refusalMs);
      if (!old || (failure.code !== "upstream-down" && failure.code !== "upstream-busy")) throw failure;
      options.stale(project, failure.detail);
      pausing.set(key, true, pauseMs);
      return old.profile;
    }
  }

  return async function profile(project: number, signal: AbortSignal): Promise<ProjectProfile> {
    signal.throwIfAborted();
    const key = String(project);
    const old = cached.get(key);
    if (old && (clock() < old.freshUntil || pausing.get(key))) return old.profile;
    const refusal = refused.get(key);
    if (refusal) throw refusal;
    return join(key, signal, (shared) => renew(project, old, shared));
  };
}
