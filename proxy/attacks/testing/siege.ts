/** Target of the attack tests: a started proxy with a key, a hostile upstream, and short request functions. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach } from "vitest";
import { startProxy, type RunningProxy } from "../../servers/node/start-proxy.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { createExchange, type Exchange } from "../../testing/exchange.ts";
import { speakRaw, type RawAnswer } from "./raw-request.ts";
import { key, site } from "./siege-secrets.ts";
import { startHostileUpstream, type HostileUpstream } from "./hostile-upstream.ts";

export type Siege = Exchange & {
  url: string;
  proxy: RunningProxy;
  upstream: HostileUpstream;
  /** Each log line as JSON. */
  logged: string[];
  /** Question from the allowed site that starts a conversation. */
  begin(prompt?: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends the bytes unchanged, and returns the whole response. */
  speak(...pieces: string[]): Promise<RawAnswer>;
  close(): Promise<void>;
};

/** Quick: short patience with upstream, no limits on volume unless the test sets them. */
export async function openSiege(environment: Record<string, string> = {}): Promise<Siege> {
  const upstream = await startHostileUpstream();
  const read = readSettings(
    {
      CUSTOMGPT_API_KEY: key,
      CUSTOMGPT_PROJECT_ID: "7",
      CUSTOMGPT_BASE_URL: upstream.base,
      ALLOWED_ORIGINS: `${site},https://*.example.org`,
      PROXY_SECRET: "a secret that only this proxy has, long enough",
      PORT: "0",
      UPSTREAM_FIRST_BYTE_SECONDS: "0.6",
      UPSTREAM_IDLE_SECONDS: "0.6",
      ...unlimited,
      ...environment,
    },
    () => "",
  );
  if ("errors" in read) throw new Error(read.errors.join("\n"));
  const logged: string[] = [];
  const note = (...words: unknown[]) => void logged.push(JSON.stringify(words));
  const proxy = await startProxy({
    settings: read.settings,
    files: new Map(),
    log: { info: note, warn: note, error: note },
  });
  const exchange = createExchange(proxy.url);
  return {
    ...exchange,
    url: proxy.url,
    proxy,
    upstream,
    logged,
    begin: (prompt = "When do you open?", headers = {}) =>
      exchange.start(prompt, randomUUID(), { origin: site, ...headers }),
    speak: (...pieces) => speakRaw(proxy.port, pieces),
    async close() {
      await proxy.close(0);
      await upstream.close();
    },
  };
}

export type Sieges = {
  besiege: (environment?: Record<string, string>) => Promise<Siege>;
  /** Further clean-up after the test, in reverse order. */
  undo: (() => unknown)[];
};

/** For a test file, at its top: sieges of single tests, which end with them. */
export function siegesOfEachTest(usual: Record<string, string> = {}): Sieges {
  const undo: Sieges["undo"] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  });
  return {
    undo,
    async besiege(environment = {}) {
      const siege = await openSiege({ ...usual, ...environment });
      undo.push(() => siege.close());
      return siege;
    },
  };
}

/** For attacks on anything but volume. */
export const unlimited = {
  VISITOR_LIMIT: "none",
  ADDRESS_LIMIT: "none",
  NEW_VISITOR_LIMIT: "none",
  REQUEST_LIMIT: "none",
  READ_LIMIT: "none",
  UPSTREAM_CALLS_PER_MINUTE: "none",
  FOLLOW_LIMIT: "none",
  ADDRESS_STREAMS: "1000",
};

/** Waits until it is so, for two seconds at most, and returns how many milliseconds that took. */
export async function until(isSo: () => boolean, patience = 2000): Promise<number> {
  const began = performance.now();
  while (!isSo()) {
    if (performance.now() - began > patience) throw new Error("It did not happen in time.");
    await pause(2);
  }
  return performance.now() - began;
}
