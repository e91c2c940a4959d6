/** Faults that stand in place of an answer, and how all of them are switched. */
import { expect, test } from "vitest";
import { ask, bakery, call, data, json, key, quickStandin, session } from "../testing/start.ts";
import { faultNames, type FaultName } from "../wire/fault-names.ts";

function opened() {
  const standin = quickStandin();
  return { standin, project: standin.seed(bakery) };
}

test.each<[FaultName, number, string]>([
  ["unauthorized", 401, "API Token is either missing or invalid"],
  ["forbidden", 403, "not allowed"],
  ["not-found", 404, "not found"],
  ["out-of-credits", 429, "exhausted your current query credits"],
  ["throttled", 429, "Too Many Attempts."],
  ["throttled-bare", 429, "Too Many Attempts."],
  ["unprocessable", 422, '"errors":{"prompt"'],
  ["server-error", 500, "Internal Server Error"],
  ["bad-gateway", 502, "<h1>502 Bad Gateway</h1>"],
  ["unavailable", 503, "<h1>503"],
])("%s answers %s, once, and the next call succeeds", async (fault, status, part) => {
  const { standin, project } = opened();
  standin.faults.on(fault, { times: 1 });
  const response = await ask(standin, project, "Hello", "?stream=1");
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(part);
  expect((await ask(standin, project, "Hello")).status).toBe(200);
});

test("only throttling says when to come back; used-up credits do not", async () => {
  const { standin, project } = opened();
  const after = async (fault: FaultName) => {
    standin.faults.on(fault, { times: 1 });
    return (await ask(standin, project, "Hello")).headers.get("retry-after");
  };
  expect(await after("throttled")).toBe("2");
  expect(await after("throttled-bare")).toBeNull();
  expect(await after("out-of-credits")).toBeNull();
});

test("leaking: the body repeats the key and a stack trace, with a cookie", async () => {
  const { standin, project } = opened();
  standin.faults.on("leaking");
  const response = await ask(standin, project, "Hello");
  expect(await response.text()).toContain(`Bearer ${key}`);
  expect(response.headers.get("set-cookie")).toContain("laravel_session=leaked");
});

test("redirect: leads to an address whose visits are counted", async () => {
  const { standin, project } = opened();
  standin.faults.on("redirect", { times: 1 });
  const response = await ask(standin, project, "Hello");
  expect(response.status).toBe(302);
  await call(standin, response.headers.get("location") ?? "");
  expect(standin.seen.requests.at(-1)?.path).toBe("/standin/elsewhere");
});

test("stalled-before-headers: no answer until the caller leaves", async () => {
  const { standin, project } = opened();
  standin.faults.on("stalled-before-headers");
  const leaving = new AbortController();
  let isAnswered = false;
  const asked = ask(standin, project, "Hello", "", { signal: leaving.signal }).then(
    () => (isAnswered = true),
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(isAnswered).toBe(false);
  leaving.abort();
  await asked;
  expect(isAnswered).toBe(true);
});

test("a fault meant for one call leaves the others alone", async () => {
  const { standin, project } = opened();
  standin.faults.on("server-error", { call: "send" });
  expect((await call(standin, `/projects/${project}`)).status).toBe(200);
  expect((await ask(standin, project, "Hello")).status).toBe(500);
  expect((await ask(standin, project, "Hello")).status).toBe(500);
});

test("switching off undoes only the switch that was meant", () => {
  const { standin } = opened();
  const off = standin.faults.on("crlf", { times: 2 });
  standin.faults.on("crlf");
  off();
  expect(standin.faults.list().find((fault) => fault.name === "crlf")).toMatchObject({
    on: true,
    times: null,
  });
  standin.faults.off("crlf");
  standin.faults.on("slow");
  standin.faults.allOff();
  expect(standin.faults.list().some((fault) => fault.on)).toBe(false);
});

test.each<[FaultName, unknown]>([
  ["citation-missing", { code: 404, message: "Page with id 12055 not found" }],
  ["citation-without-url", { id: 12055, url: null, title: "Opening hours" }],
  ["citation-javascript-url", { url: "javascript:alert(document.domain)" }],
  ["citation-empty", { id: 12055, url: null, title: null, description: null, image: null }],
])("%s changes the citation that is asked for", async (fault, expected) => {
  const { standin, project } = opened();
  standin.faults.on(fault);
  expect(await data(call(standin, `/projects/${project}/citations/12055`))).toMatchObject(Object(expected));
});

test("odd-dates and citation forms show in the list of messages too", async () => {
  const { standin, project } = opened();
  await ask(standin, project, "When does the café open?");
  standin.faults.on("odd-dates");
  standin.faults.on("decimal-citations", { call: "messages" });
  const list = await (await call(standin, `/projects/${project}/conversations/${session}/messages`)).text();
  expect(list).toContain('"created_at":"25 Jun 2023 05:01:11"');
  expect(list).toContain('"citations":["12055.0"]');
});

test("other processes list, switch and clear faults with the key", async () => {
  const { standin, project } = opened();
  const at = (path: string, method = "GET", body?: unknown) =>
    call(standin, `http://stand-in.test/standin/${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
  expect(
    (await call(standin, "http://stand-in.test/standin/faults", { headers: { authorization: "" } })).status,
  ).toBe(401);
  const { faults } = await json(at("faults"));
  expect(faults).toHaveLength(faultNames.length);
  expect((await at("faults/server-error", "PUT", { times: 1, call: "send" })).status).toBe(200);
  expect((await ask(standin, project, "Hello")).status).toBe(500);
  expect((await ask(standin, project, "Hello")).status).toBe(200);
  expect((await at("faults/forbidden", "PUT")).status).toBe(200);
  expect((await ask(standin, project, "Hello")).status).toBe(403);
  await at("faults/forbidden", "DELETE");
  await at("faults/slow", "PUT");
  expect(await json(at("faults", "DELETE"))).toEqual({ faults: [] });
  expect((await at("faults/nonsense", "PUT")).status).toBe(404);
  for (const body of [{ times: 0 }, { times: "2" }, { call: "nonsense" }, "{broken", { time: 1 }]) {
    expect((await at("faults/slow", "PUT", body)).status).toBe(400);
  }
});

test("what was asked can be counted, in this process and from others", async () => {
  const { standin, project } = opened();
  await ask(standin, project, "One");
  await ask(standin, project, "Two", "?stream=1");
  await call(standin, "/projects", { headers: { authorization: "" } });
  expect(standin.seen.count("send")).toBe(2);
  expect(standin.seen.requests[1]).toMatchObject({
    method: "POST",
    query: { stream: "1" },
    body: '{"prompt":"Two"}',
    call: "send",
  });
  expect(standin.seen.requests[2]).toMatchObject({ path: "/api/v1/projects", call: null });
  const seen = await json(call(standin, "http://stand-in.test/standin/seen"));
  expect(seen["streams"]).toMatchObject({ opened: 1 });
  await call(standin, "http://stand-in.test/standin/seen", { method: "DELETE" });
  expect(standin.seen.count("send")).toBe(0);
});

test("closing breaks off what is under way", async () => {
  const { standin, project } = opened();
  standin.faults.on("stalled-stream");
  const response = await ask(standin, project, "When does the café open?", "?stream=1");
  const read = response.text();
  standin.close();
  await expect(read).rejects.toThrow("closed");
});
