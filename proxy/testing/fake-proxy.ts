/** Proxy with a fake upstream and manual time, and short request functions. */
import { createHash } from "node:crypto";
import { createProxy, type Proxy, type ProxyOptions } from "../app.ts";
import { noMetrics, type Metrics } from "../metrics/metrics.ts";
import type { WidgetFiles } from "../routes/widget-files.ts";
import type { Settings } from "../settings/table.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Redis } from "../redis/redis.ts";
import { createCountedAdmission, type CountedAdmission } from "./admit-all.ts";
import { createFakeUpstream, type Asking, type FakeUpstream } from "./fake-upstream.ts";
import { createManualTime, settled, type ManualTime } from "./manual-time.ts";
import type { Schedule } from "../schedule.ts";
import { readEvents, type ReadEvent } from "./read-events.ts";

export const site = "https://shop.example.com";
export const turnId = (number: number) => `00000000-0000-4000-a000-${String(number).padStart(12, "0")}`;

export type FakeProxy = Proxy & {
  upstream: FakeUpstream;
  admission: CountedAdmission;
  time: ManualTime;
  logged: object[];
  /** A request from the allowed site, with a JSON body if one is given. */
  call(method: string, path: string, given?: Call): Promise<Response>;
  /** The n-th question that reached upstream, or the n-th of others, waiting until it has. */
  asking(number: number, others?: readonly Asking[]): Promise<Asking>;
  /** A conversation with one finished answer in it. */
  conversation(prompt?: string): Promise<{ conversation: string; visitor: string; events: ReadEvent[] }>;
};

type Call = { body?: unknown; token?: string; headers?: Record<string, string>; signal?: AbortSignal };

/** One of several instances: what they share, and its own name. */
export type Instance = { redis: Redis; schedule: Schedule; /** Four digits. */ name: string };

export function createFakeProxy(
  overrides: Partial<Settings> = {},
  files: WidgetFiles = new Map(),
  instance: Instance | null = null,
  metrics: Metrics = noMetrics,
  fetchNow: ProxyOptions["fetch"] = () => Promise.reject(new Error("There is no network here.")),
): FakeProxy {
  const read = readSettings({ ALLOWED_ORIGINS: `${site},https://*.example.org` }, () => "");
  if ("errors" in read) throw new Error(read.errors.join("\n"));
  const settings = { ...read.settings, ...overrides, project: 7, proxySecret: "s".repeat(32) };
  const upstream = createFakeUpstream(instance?.name);
  const admission = createCountedAdmission();
  const time = createManualTime();
  const logged: object[] = [];
  const note = (fields: object, message: string) => void logged.push({ ...fields, message });
  let ids = 0;
  let drawn = 0;
  const proxy = createProxy({
    settings,
    upstream,
    files,
    clock: time.clock,
    schedule: instance?.schedule ?? time.schedule,
    redis: instance?.redis ?? null,
    admission,
    randomBytes: (count) =>
      createHash("sha256").update(`${instance?.name} ${drawn++}`).digest().subarray(0, count),
    fetch: fetchNow,
    newId: () => `request-${++ids}`,
    log: { info: note, warn: note, error: note },
    metrics,
  });

  const fake: FakeProxy = {
    ...proxy,
    upstream,
    admission,
    time,
    logged,
    call(method, path, { body, token, headers, signal } = {}) {
      const all: Record<string, string> = {
        origin: site,
        host: "chat.example.com",
        "turn-secret": "the-secret-of-one-browser",
        ...headers,
      };
      if (body !== undefined) all["content-type"] ??= "application/json";
      if (token !== undefined) all["authorization"] = `Bearer ${token}`;
      return proxy.fetch(
        new Request(`http://chat.example.com${path}`, {
          method,
          headers: Object.entries(all).filter(([, value]) => value !== ""),
          ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
          ...(signal ? { signal } : {}),
        }),
      );
    },
    async asking(number, askings = upstream.askings) {
      for (let tries = 0; tries < 1000; tries++) {
        const asking = askings[number - 1];
        if (asking) return asking;
        await (instance ? new Promise((resolve) => setTimeout(resolve, 10)) : settled());
      }
      throw new Error(`Question ${number} never reached upstream.`);
    },
    async conversation(prompt = "When do you open?") {
      const number = upstream.askings.length + 1;
      const response = fake.call("POST", "/v1/agents/default/conversations", {
        body: { prompt, turn: turnId(number) },
      });
      const asking = await fake.asking(number);
      asking.sink.delta("At seven.");
      asking.finish(100 + number);
      const events = await readEvents(await response);
      const opened = events[0];
      if (opened?.event !== "conversation") throw new Error("The stream began with something else.");
      return { ...opened.data, events };
    },
  };
  return fake;
}
