/** Set-up of the stand-in's tests: a fast one, requests to it, pages, a manual clock. */
import { setTimeout as pause } from "node:timers/promises";
import * as v from "valibot";
import { createStandin, type Seed, type Standin } from "../standin.ts";
import type { StandinOptions } from "../context.ts";

export const key = "1|stand-in";
export const base = "http://stand-in.test/api/v1";

export function quickStandin(options: Partial<StandinOptions> = {}): Standin {
  let ids = 0;
  return createStandin({
    key,
    clock: () => Date.UTC(2023, 5, 25, 17, 1, 11),
    mayFetch: () => false,
    fetchPage: () => Promise.reject(new Error("nothing is fetched here")),
    pace: { firstMs: 0, everyMs: 0 },
    sleep: (ms, signal) => pause(ms, undefined, signal && { signal }),
    newId: () => `f9b27f03-0000-4000-8000-${String(ids++).padStart(12, "0")}`,
    ...options,
  });
}

export const bakery: Seed = {
  name: "Bakery",
  pages: [
    {
      url: "http://bakery.test/hours.html",
      html: `<title>Opening hours</title><main><h1>Opening hours</h1>
        <p>The café opens at seven o’clock — every day but Monday. We bake naïve crêpes 🥐 before dawn.</p></main>`,
    },
    {
      url: "http://bakery.test/bread.html",
      html: `<title>Bread</title><meta name="description" content="Our loaves">
        <meta property="og:image" content="/loaf.png"><main><h1>Bread</h1>
        <p>We bake three kinds of bread:</p><ul><li>Rye</li><li>Spelt</li><li>Wheat</li></ul></main>`,
    },
  ],
};

export type Asked = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** `path` is written without `/api/v1`. A body that is no text is sent as JSON. */
export function call(standin: Standin, path: string, asked: Asked = {}): Promise<Response> {
  const { method = "GET", body, headers = {}, signal } = asked;
  const isText = typeof body === "string";
  return standin.fetch(
    new Request(path.startsWith("http") ? path : base + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && !isText ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }),
  );
}

const Body = v.looseObject({ data: v.optional(v.unknown()) });

/** A JSON body's fields. */
export async function json(response: Response | Promise<Response>): Promise<Record<string, unknown>> {
  return v.parse(Body, await (await response).json());
}

/** The fields of a body's `data`. */
export async function data(response: Response | Promise<Response>): Promise<Record<string, unknown>> {
  return v.parse(v.looseObject({}), (await json(response)).data);
}

export const session = "1198da61-0000-4000-8000-000000000001";

/** Sends a question to the bakery's agent. Streams when `query` says so. */
export function ask(
  standin: Standin,
  project: number,
  prompt: string,
  query = "",
  asked: Asked = {},
): Promise<Response> {
  const path = `/projects/${project}/conversations/${session}/messages${query}`;
  return call(standin, path, { method: "POST", body: { prompt }, ...asked });
}

const Frame = v.looseObject({ status: v.optional(v.string()), message: v.optional(v.string()) });

/** The JSON payloads of a well-formed stream with its usual line ends. */
export function frames(text: string) {
  return text
    .split("\n\n")
    .filter((part) => part.includes("data: {"))
    .map((part) => v.parse(Frame, JSON.parse(part.slice(part.indexOf("data: ") + 6))));
}

/** The pieces of a stream joined. */
export function streamedText(text: string): string {
  return frames(text)
    .filter((frame) => frame.status === "progress")
    .map((frame) => frame.message ?? "")
    .join("");
}
