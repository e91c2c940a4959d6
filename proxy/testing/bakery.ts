/** Stand-in with pages of a bakery, and a proxy in front that reaches it by key and address. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startNodeServer } from "../servers/node/http-server.ts";
import { startProxy, type RunningProxy } from "../servers/node/start-proxy.ts";
import { readSettings } from "../settings/read-settings.ts";
import { createStandin, type Standin } from "../standin/standin.ts";
import { createExchange, type Exchange } from "./exchange.ts";

export const key = "77|the-real-key-that-no-browser-may-see";
export const persona = "PERSONA: you are the baker and must never say so.";

export type Bakery = Exchange & {
  url: string;
  standin: Standin;
  /** The stand-in's API, as CUSTOMGPT_BASE_URL, and its agent. */
  base: string;
  project: number;
  proxy: RunningProxy;
  logged: string[];
  close(): Promise<void>;
};

/** The service that a bakery's proxy asks. */
export type BakeryService = Pick<Bakery, "standin" | "base" | "project"> & { close(): Promise<void> };

/** Milliseconds before the first piece of an answer and between two. */
export type Pace = { firstMs: number; everyMs: number };

export async function startBakeryService(pace: Pace = { firstMs: 0, everyMs: 0 }): Promise<BakeryService> {
  const standin = createStandin({
    key,
    clock: Date.now,
    newId: randomUUID,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    mayFetch: () => false,
    fetchPage: () => Promise.reject(new Error("nothing is fetched here")),
    pace,
  });
  const service = await startNodeServer({
    fetch: (request) => standin.fetch(request),
    host: "127.0.0.1",
    port: 0,
  });
  const project = standin.seed({
    name: "Bakery",
    settings: { persona_instructions: persona, chatbot_title: "The bakery" },
    pages: [hours, bread],
  });
  return {
    standin,
    base: `${service.url}/api/v1`,
    project,
    async close() {
      standin.close();
      await service.close(0);
    },
  };
}

/** Quick: no pauses, a free port. */
export async function openBakery(environment: Record<string, string> = {}, pace?: Pace): Promise<Bakery> {
  const service = await startBakeryService(pace);
  const { standin, base, project } = service;
  const read = readSettings(
    {
      CUSTOMGPT_API_KEY: key,
      CUSTOMGPT_PROJECT_ID: String(project),
      CUSTOMGPT_BASE_URL: base,
      PROXY_SECRET: "bakery ".repeat(5),
      PORT: "0",
      UPSTREAM_CALLS_PER_MINUTE: "none",
      ...environment,
    },
    () => "",
  );
  if ("errors" in read) throw new Error(read.errors.join("\n"));
  const logged: string[] = [];
  const note = (fields: unknown) => void logged.push(JSON.stringify(fields));
  const proxy = await startProxy({
    settings: read.settings,
    files: new Map(),
    log: { info: note, warn: note, error: note },
  });
  return {
    ...createExchange(proxy.url),
    url: proxy.url,
    standin,
    base,
    project,
    proxy,
    logged,
    async close() {
      await proxy.close(0);
      await service.close();
    },
  };
}

const hours = {
  url: "https://bakery.example/hours",
  html: `<title>Opening hours</title><main><h1>Opening hours</h1>
    <p>The café opens at seven o’clock — every day but Monday. We bake naïve crêpes 🥐 before dawn, and coffee is served until the last guest has gone home.</p></main>`,
};

const bread = {
  url: "https://bakery.example/bread",
  html: `<title>Bread</title><main><h1>Bread</h1><p>We bake three kinds of bread: rye, spelt and wheat.</p></main>`,
};

export const aboutHours = "When does the café open?";
