/** Attacks on responses: caches, sniffing browsers, curious clients. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { messageOf, openedBy, type Opened } from "../testing/exchange.ts";
import { readEvents, type ReadEvent } from "../testing/read-events.ts";
import { json } from "./testing/hostile-upstream.ts";
import { openSiege, type Siege } from "./testing/siege.ts";
import { site, startPath } from "./testing/siege-secrets.ts";

let siege: Siege;
let events: ReadEvent[];
let mine: Opened;
beforeAll(async () => {
  siege = await openSiege();
  events = await readEvents(await siege.begin());
  mine = openedBy(events);
});
afterAll(() => siege.close());
beforeEach(() => siege.upstream.wellBehaved());

/** One response of each kind. */
async function everyKind(): Promise<Response[]> {
  const responses = [
    await siege.begin(),
    await siege.begin("When?", { accept: "application/json" }),
    await siege.begin(""),
    await siege.send("GET", "/v1/agents/default", { headers: { origin: site } }),
    await siege.within(mine, "GET", "/messages"),
    await siege.within(mine, "PUT", `/messages/${messageOf(events)}/feedback`, {
      body: { reaction: "liked" },
    }),
    await siege.send("GET", "/healthz"),
    await siege.send("GET", "/readyz"),
    await siege.send("GET", "/metrics"),
    await siege.send("GET", "/nowhere"),
    await siege.send("PATCH", startPath),
  ];
  await Promise.all(responses.map((response) => response.clone().text()));
  return responses;
}

it("25: a stream says that it is not to be stored, transformed, buffered or compressed, whatever was offered", async () => {
  const response = await siege.begin("When?", { "accept-encoding": "br, zstd, gzip" });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  expect(response.headers.get("content-encoding")).toBeNull();
});

it("26: no header reveals upstream, the server or its software, and no cookie is set", async () => {
  siege.upstream.answerAll((response) =>
    json(
      response,
      200,
      { status: "success", data: { id: 7, session_id: "a" } },
      {
        server: "nginx/9",
        "set-cookie": "a=1",
        "x-powered-by": "PHP",
        "x-ratelimit-remaining": "3",
      },
    ),
  );
  for (const response of await everyKind())
    for (const name of ["server", "x-powered-by", "via", "set-cookie", "x-ratelimit-remaining"])
      expect(response.headers.get(name), `${response.url} ${name}`).toBeNull();
});

it("27: nothing that has a body may be sniffed, and no JSON of a visitor's may be stored", async () => {
  const told = (await everyKind()).filter(({ status }) => status !== 204);
  for (const { headers, url } of told) expect(headers.get("x-content-type-options"), url).toBe("nosniff");
  const isProfile = ({ url }: Response) => url.endsWith("/v1/agents/default");
  const isJson = ({ headers }: Response) => headers.get("content-type")?.includes("json");
  for (const response of told.filter((response) => isJson(response) && !isProfile(response)))
    expect(response.headers.get("cache-control"), response.url).toBe("no-store");
});

it("54: no answer to a POST and nothing of a conversation has an ETag or may be kept by a cache", async () => {
  for (const response of await everyKind()) {
    if (!/conversations/.test(response.url) || response.status === 204) continue;
    expect(response.headers.get("etag"), response.url).toBeNull();
    expect(response.headers.get("cache-control"), response.url).toMatch(/^no-(store|cache)/);
  }
});

it("54: the agent's profile, which caches may store, is stored separately for each origin", async () => {
  const profile = await siege.send("GET", "/v1/agents/default", { headers: { origin: site } });
  expect(profile.headers.get("cache-control")).toMatch(/max-age/);
  expect(profile.headers.get("vary")).toMatch(/\bOrigin\b/);
});
