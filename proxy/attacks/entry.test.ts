/** Attacks by foreign sites, smuggled headers, and what a hostile upstream reveals. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readEvents, readRefusal } from "../testing/read-events.ts";
import { json, stream } from "./testing/hostile-upstream.ts";
import { head } from "./testing/raw-request.ts";
import { openSiege, type Siege } from "./testing/siege.ts";
import { key, site, startPath } from "./testing/siege-secrets.ts";

let siege: Siege;
beforeAll(async () => {
  siege = await openSiege();
});
afterAll(() => siege.close());
beforeEach(() => siege.upstream.wellBehaved());

const body = JSON.stringify({ prompt: "When?", turn: "00000000-0000-4000-a000-000000000001" });

describe("another site's page", () => {
  it("1: an allowed one is answered by exactly its own name, never `*`, never with credentials", async () => {
    for (const origin of [site, "https://shop.example.org", "https://a.b.example.org"]) {
      const response = await siege.send("GET", "/v1/agents/default", { headers: { origin } });
      expect(response.status).toBe(200);
      expect(response.headers.get("access-control-allow-origin")).toBe(origin);
      expect(response.headers.get("vary")).toMatch(/\bOrigin\b/);
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it.each([
    "https://evil.test",
    `${site}.evil.test`,
    "https://evilshop.example.com",
    "http://shop.example.com",
    `${site}:8443`,
    "https://example.org",
    "https://evilexample.org",
    "https://evil.test/.example.org",
    "https://evil.test#.example.org",
    "https://user@shop.example.com",
    "null",
    "",
    "file://",
    `${site} https://evil.test`,
    site.toUpperCase(),
  ])("2: one that calls itself %j is refused before anything reaches upstream", async (origin) => {
    const answer = await siege.speak(
      head(
        `POST ${startPath} HTTP/1.1`,
        "host: chat.test",
        "connection: close",
        `origin: ${origin}`,
        "content-type: application/json",
        `content-length: ${body.length}`,
      ) + body,
    );
    expect(answer.status).toBe(403);
    expect(answer.text).not.toMatch(/access-control-allow-origin/i);
    expect(siege.upstream.heard).toEqual([]);
  });

  it.each(["cross-site", "same-site"])(
    "2: one that hides its name is told by its browser (%s)",
    async (from) => {
      const response = await siege.send("GET", "/v1/agents/default", { headers: { "sec-fetch-site": from } });
      expect(response.status).toBe(403);
      expect(siege.upstream.heard).toEqual([]);
    },
  );

  it("2: one that may use one agent is refused at the others, and an agent with sites of its own at all else", async () => {
    const split = await openSiege({ AGENTS: "help=8", AGENT_ORIGINS: "help=https://help.example.net" });
    const ask = async (agent: string, origin: string) => {
      const question = { prompt: "When?", turn: "00000000-0000-4000-a000-000000000001" };
      const given = { headers: { origin }, body: question };
      const profile = await split.send("GET", `/v1/agents/${agent}`, { headers: { origin } });
      return [profile.status, (await split.send("POST", `/v1/agents/${agent}/conversations`, given)).status];
    };
    expect(await ask("help", site)).toEqual([403, 403]);
    expect(await ask("default", "https://help.example.net")).toEqual([403, 403]);
    expect(split.upstream.heard).toEqual([]);
    expect(await ask("help", "https://help.example.net")).toEqual([200, 200]);
    expect(await ask("default", site)).toEqual([200, 200]);
    await split.close();
  });

  it("53: a preflight is granted our methods and headers by their names only, for a day, and never the private network", async () => {
    const preflight = (headers: Record<string, string>) =>
      siege.send("OPTIONS", startPath, { headers: { origin: site, ...headers } });
    const fine = await preflight({
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    });
    expect(fine.status).toBe(204);
    expect(fine.headers.get("access-control-max-age")).toMatch(/^\d{3,}$/);
    expect(fine.headers.get("access-control-allow-methods")).not.toMatch(/PATCH|TRACE|\*/);
    expect(fine.headers.get("access-control-allow-headers")).not.toContain("*");
    const method = { "access-control-request-method": "PATCH" };
    const header = { "access-control-request-method": "POST", "access-control-request-headers": "x-evil;" };
    const foreign = { origin: "https://evil.test", "access-control-request-method": "POST" };
    const home = {
      "access-control-request-method": "POST",
      "access-control-request-private-network": "true",
    };
    const crowd = {
      "access-control-request-method": "POST",
      "access-control-request-headers": Array.from({ length: 100 }, (_, index) => `x-${index}`).join(),
    };
    for (const wrong of [method, header, foreign, home, crowd]) {
      const refused = await preflight(wrong);
      expect(refused.status).toBe(403);
      expect(refused.headers.get("access-control-allow-methods")).toBeNull();
      expect(refused.headers.get("access-control-allow-private-network")).toBeNull();
    }
  });
});

describe("a client's own headers", () => {
  const smuggled = {
    authorization: "Bearer stolen",
    cookie: "session=1",
    "x-api-key": "mine",
    "x-forwarded-for": "1.2.3.4",
    "x-forwarded-host": "evil.test",
    "x-original-url": "/admin",
    "x-rewrite-url": "/admin",
    "x-http-method-override": "DELETE",
    forwarded: "for=1.2.3.4",
    te: "trailers",
    referer: `${site}/secret-page`,
    "accept-language": "tlh",
    "user-agent": "attacker/1.0",
    "accept-encoding": "br, zstd",
    traceparent: "00-stolen-01",
    baggage: "key=stolen",
    "x-requested-with": "evil",
  };

  it("3: none of them reaches upstream; what does is built from nothing", async () => {
    await readEvents(await siege.begin("When?", smuggled));
    expect(siege.upstream.heard.length).toBeGreaterThan(1);
    for (const heard of siege.upstream.heard) {
      const known =
        /^(host|connection|authorization|accept|accept-encoding|user-agent|content-type|content-length)$/i;
      expect(heard.names.filter((name) => !known.test(name))).toEqual([]);
      expect(heard.headers.authorization).toBe(`Bearer ${key}`);
      expect(heard.headers["accept-encoding"]).toBe("identity");
      expect(JSON.stringify(heard.headers)).not.toMatch(/stolen|evil|shop\.example|attacker|tlh|1\.2\.3\.4/);
    }
  });

  it("4: `Connection: authorization` cannot strip ours", async () => {
    await siege.speak(
      head(
        `POST ${startPath} HTTP/1.1`,
        "host: chat.test",
        `origin: ${site}`,
        "connection: close, authorization, content-type, content-length",
        "content-type: application/json",
        `content-length: ${body.length}`,
      ) + body,
    );
    expect(siege.upstream.asked()).toHaveLength(1);
    for (const heard of siege.upstream.heard) expect(heard.headers.authorization).toBe(`Bearer ${key}`);
  });
});

describe("a hostile upstream", () => {
  it.each([400, 401, 403, 404, 409, 418, 500, 503])(
    "5: a %i that repeats the key, a stack and a cookie tells the visitor nothing of them",
    async (status) => {
      siege.upstream.answerQuestions((response, heard) =>
        json(
          response,
          status,
          { status: "error", data: { message: `Stack at /srv/app.php:1 ${heard.headers.authorization}` } },
          { "set-cookie": "secret=1", "x-debug": key, location: "https://evil.test/" },
        ),
      );
      const response = await siege.begin();
      const told = JSON.stringify([...response.headers]) + (await response.text());
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(told).toContain('"problem"');
      expect(told).not.toMatch(/4711|KeyThat|app\.php|secret|x-debug|evil/);
    },
  );

  it.each([
    ["in one piece", [key]],
    ["a letter at a time", Array.from(key)],
    ["without its number", [key.slice(5)]],
    ["amid honest text", [`Sure: ${key.slice(0, 20)}`, `${key.slice(20)}, there`]],
  ])("6: the key inside an answer, %s, cuts the answer", async (_, pieces) => {
    siege.upstream.answerQuestions((response) => stream(response, ["Well: ", ...pieces, " that is it."]));
    const text = await (await siege.begin()).text();
    expect(text).toMatch(/event: problem/);
    expect(text).not.toMatch(/event: done/);
    const said = [...text.matchAll(/"text":"([^"]*)"/g)].map(([, piece]) => piece).join("");
    for (const part of [key.slice(0, 16), key.slice(5, 21)]) expect(said).not.toContain(part);
  });

  it("6: the key inside an agent's profile or a session's id shows neither", async () => {
    siege.upstream.answerAll((response) =>
      json(response, 200, { status: "success", data: { id: 7, chatbot_title: `T ${key}`, session_id: key } }),
    );
    const profile = await siege.send("GET", "/v1/agents/default");
    expect(await profile.text()).not.toMatch(/4711|KeyThat/);
    const begun = await siege.begin();
    expect(begun.status).toBe(502);
    expect((await readRefusal(begun)).code).toMatch(/^(agent-unavailable|upstream-down)$/);
  });
});
