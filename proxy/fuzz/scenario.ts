/** Scenario of a fuzz run: a proxy before a scripted service, and the ids that a browser receives from it. */
import * as v from "valibot";
import { isProblemCode, problems } from "../protocol/problems.ts";
import { createFakeProxy } from "../testing/fake-proxy.ts";
import { clientFor } from "../upstream/testing/client.ts";
import type { Step } from "./requests.ts";
import { createPictureTransport, createScriptedTransport, base } from "./scripted-transport.ts";
import { key, leaksIn } from "./secrets.ts";
import type { Move } from "./upstream-moves.ts";

const statuses = [200, 204, 304, 400, 403, 404, 405, 413, 429, 502, 503];
const foreignHeaders = ["set-cookie", "server", "x-powered-by", "x-debug", "location", "refresh", "via"];

const refusal = v.strictObject({
  problem: v.strictObject({
    code: v.custom(isProblemCode),
    message: v.picklist(Object.values(problems).map(({ message }) => message)),
    retryAfter: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    words: v.optional(v.string()),
    proof: v.optional(v.looseObject({})),
    identity: v.optional(v.literal(true)),
  }),
});

export type Settings = NonNullable<Parameters<typeof createFakeProxy>[0]>;

/** Plays the steps in order. Returns every violation, as text. */
export async function play(
  steps: readonly Step[],
  moves: readonly Move[],
  settings: Settings = {},
): Promise<string[]> {
  const transport = createScriptedTransport(moves);
  const pictures = createPictureTransport(moves.slice(-2));
  const { upstream, log } = clientFor(base, { key, transport, pictureTransport: pictures });
  const proxy = createFakeProxy(settings);
  Object.assign(proxy.upstream, upstream);
  const known = new Map([["turn", "00000000-0000-4000-a000-000000000001"]]);
  const wrong: string[] = [];

  for (const step of steps) {
    const request = requestOf(step, known);
    if (!request) continue;
    const name = `${request.method} ${new URL(request.url).pathname.slice(0, 80)}`;
    try {
      const response = await proxy.fetch(request, { address: "203.0.113.7" });
      const text = await response.text();
      wrong.push(...mistakesIn(request.method, response, text).map((mistake) => `${name}: ${mistake}`));
      learn(known, text);
    } catch (error) {
      wrong.push(`${name}: threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  wrong.push(...transport.wrong, ...pictures.wrong);
  const logged = JSON.stringify([proxy.logged, log]);
  wrong.push(...leaksIn(logged).map((secret) => `logged ${secret}`));
  // An unexpected error in the log is a violation.
  if (logged.includes("unexpected")) wrong.push(`logged ${logged}`);
  if (transport.sent > steps.length * 40) wrong.push(`a storm of ${transport.sent} calls`);
  return wrong;
}

function mistakesIn(method: string, response: Response, text: string): string[] {
  const { status, headers } = response;
  const told = `${text}\n${[...headers].join("\n")}`;
  const mistakes = leaksIn(told).map((secret) => `${status} leaks ${secret}: ${told.slice(0, 500)}`);
  if (!statuses.includes(status)) mistakes.push(`status ${status}`);
  for (const name of foreignHeaders) if (headers.has(name)) mistakes.push(`header ${name}`);
  // Responses to operators' probes.
  const isProbe = status === 503 && text.startsWith('{"status":"not ready"');
  if (status >= 400 && text !== "" && !isProbe && !v.is(refusal, parsed(text)))
    mistakes.push(`${status} is no refusal of ours: ${text.slice(0, 300)}`);
  if (status === 429 && !/^\d+$/.test(headers.get("retry-after") ?? "0"))
    mistakes.push("a wait that is no number");
  if (method !== "HEAD" && headers.get("content-type")?.startsWith("text/event-stream")) {
    if (!/\nevent: ?(done|problem)\n/.test(`\n${text}`))
      mistakes.push(`a stream without an end: ${text.slice(-300)}`);
  }
  return mistakes;
}

/** Stores the ids that a browser would take from a response. */
function learn(known: Map<string, string>, text: string): void {
  for (const name of ["conversation", "visitor", "message", "turn"]) {
    const found = new RegExp(`"${name}":"([\\w.~-]{8,})"`).exec(text)?.[1];
    if (found !== undefined) known.set(name, found);
  }
  const picture = /\/v1\/pictures\/([\w%.~-]+)/.exec(text)?.[1];
  if (picture !== undefined) known.set("picture", picture);
}

/** Null for a request that `Request` itself rejects. */
function requestOf(
  { method, path, headers, body }: Step,
  known: ReadonlyMap<string, string>,
): Request | null {
  const filled = (text: string) =>
    text
      .replace(/\{(\w+)\}/g, (_, name: string) => known.get(name) ?? `no-${name}`)
      .replace(/([\w.-]+)~(\d+)/g, (_, good: string, place: string) => {
        const at = Number(place) % good.length;
        return `${good.slice(0, at)}${good[at] === "A" ? "B" : "A"}${good.slice(at + 1)}`;
      });
  try {
    return new Request(`http://chat.example.com${filled(path)}`, {
      method,
      headers: Object.entries(headers)
        .filter(([, value]) => value !== "")
        .map(([name, value]): [string, string] => [name, filled(value)]),
      ...(body === null ? {} : { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
