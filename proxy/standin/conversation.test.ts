/** Conversations and messages from beginning to end, without faults. */
import * as v from "valibot";
import { expect, test } from "vitest";
import { ask, bakery, call, data, json, quickStandin, session } from "./testing/start.ts";

function opened() {
  const standin = quickStandin();
  const project = standin.seed(bakery);
  const all = `/projects/${project}/conversations`;
  return { standin, project, all, messages: `${all}/${session}/messages` };
}

test("a conversation is created, listed, renamed and deleted", async () => {
  const { standin, project, all } = opened();
  const response = await call(standin, all, { method: "POST", body: { name: "First" } });
  expect(response.status).toBe(201);
  const created = await data(response);
  expect(created).toMatchObject({
    project_id: project,
    name: "First",
    session_id: expect.stringMatching(/^f9b27f03-/),
  });
  const one = `${all}/${String(created["session_id"])}`;
  expect(await data(call(standin, one, { method: "PUT", body: { name: "Second" } }))).toMatchObject({
    name: "Second",
  });
  expect(await data(call(standin, all))).toMatchObject({ total: 1, data: [{ name: "Second" }] });
  expect(await json(call(standin, one, { method: "DELETE" }))).toEqual({
    data: { deleted: true },
    status: "success",
  });
  expect((await call(standin, one, { method: "DELETE" })).status).toBe(404);
});

test("a conversation may be created without a name and without a body", async () => {
  const { standin, all } = opened();
  const response = await call(standin, all, {
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  expect(response.status).toBe(201);
  expect(await data(response)).toMatchObject({ name: null });
});

test("a session id nobody created begins a conversation with its first message", async () => {
  const { standin, project, messages } = opened();
  expect((await call(standin, messages)).status).toBe(404);
  const sent = await data(ask(standin, project, "Which bread is there?", "?external_id=x7"));
  expect(sent).toMatchObject({
    user_query: "Which bread is there?",
    openai_response: "We bake three kinds of bread:\n\n- Rye\n- Spelt\n- Wheat",
    citations: [12056],
    response_feedback: null,
    metadata: { external_id: "x7" },
  });
  expect(await data(call(standin, messages))).toMatchObject({ conversation: { session_id: session } });
});

test("a session id that is no UUID, or belongs to another project, is not found", async () => {
  const { standin, project, all } = opened();
  const other = standin.seed({ ...bakery, name: "Other" });
  await ask(standin, project, "Hello");
  expect((await ask(standin, other, "Hello")).status).toBe(404);
  const path = `${all}/219/messages`;
  expect((await call(standin, path, { method: "POST", body: { prompt: "Hello" } })).status).toBe(404);
});

test.each([
  ["?stream=true", { prompt: "Hi" }, true],
  ["?stream=1", { prompt: "Hi" }, true],
  ["", { prompt: "Hi", stream: true }, true],
  ["", { prompt: "Hi", stream: 1 }, true],
  ["", { prompt: "Hi", stream: "true", lang: "de" }, true],
  ["?stream=false&lang=en", { prompt: "Hi" }, false],
  ["?stream=0", { prompt: "Hi", stream: 0 }, false],
  ["", { prompt: "Hi" }, false],
])("with query %s and body %o it streams: %s", async (query, body, isStream) => {
  const { standin, project } = opened();
  const response = await ask(standin, project, "", query, { body });
  expect(response.headers.get("content-type")?.startsWith("text/event-stream")).toBe(isStream);
  await response.body?.cancel();
});

test("takes a question as JSON, as a form and as an urlencoded form", async () => {
  const { standin, messages } = opened();
  const form = new FormData();
  form.set("prompt", "Hello");
  const sent = new Response(form);
  const multipart = { "content-type": sent.headers.get("content-type") ?? "" };
  const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
  const post = { method: "POST" };
  expect(
    (await call(standin, messages, { ...post, body: await sent.text(), headers: multipart })).status,
  ).toBe(200);
  expect((await call(standin, messages, { ...post, body: "prompt=Hello", headers: urlencoded })).status).toBe(
    200,
  );
  expect(
    (
      await call(standin, messages, {
        ...post,
        body: "{broken",
        headers: { "content-type": "application/json" },
      })
    ).status,
  ).toBe(400);
});

test("a question that is missing, empty, too long or of an unknown source is refused", async () => {
  const { standin, messages } = opened();
  for (const body of [
    {},
    { prompt: " " },
    { prompt: "x".repeat(16_001) },
    { prompt: "x", response_source: "web" },
  ]) {
    expect((await call(standin, messages, { method: "POST", body })).status).toBe(400);
  }
});

const List = v.object({
  messages: v.object({ data: v.array(v.object({ user_query: v.string() })), total: v.number() }),
});

test("messages come newest first, twenty a page, or oldest first when asked", async () => {
  const { standin, project, messages } = opened();
  for (let count = 1; count <= 23; count++) await ask(standin, project, `Question ${count} about bread`);
  const page = async (query: string) => {
    return v.parse(List, await data(call(standin, messages + query))).messages;
  };
  const first = await page("");
  expect(first.data.map((message) => message.user_query).slice(0, 2)).toEqual([
    "Question 23 about bread",
    "Question 22 about bread",
  ]);
  expect([first.data.length, first.total, (await page("?page=2")).data.length]).toEqual([20, 23, 3]);
  expect((await page("?order=asc")).data[0]?.user_query).toBe("Question 1 about bread");
});

test("a message is read by its id, and takes feedback that can change", async () => {
  const { standin, project, messages } = opened();
  const { id } = await data(ask(standin, project, "Which bread is there?"));
  const one = `${messages}/${String(id)}`;
  const react = (body: unknown) => call(standin, `${one}/feedback`, { method: "PUT", body });
  expect(await data(react({ reaction: "liked" }))).toMatchObject({
    id,
    response_feedback: { reaction: "liked" },
  });
  await react({ reaction: "neutral" });
  expect(await data(call(standin, one))).toMatchObject({ id, response_feedback: { reaction: "neutral" } });
  for (const body of [{ reaction: "thumbs_up" }, { reaction: null }, { feedback: "liked" }]) {
    expect((await react(body)).status).toBe(400);
  }
  const missing = await call(standin, `${messages}/99999`);
  expect(missing.status).toBe(404);
  expect((await data(missing))["message"]).toBe("Conversation message with id 99999 not found");
});

test("a citation names its page", async () => {
  const { standin, project } = opened();
  expect(await data(call(standin, `/projects/${project}/citations/12056`))).toEqual({
    id: 12056,
    url: "http://bakery.test/bread.html",
    title: "Bread",
    description: "Our loaves",
    image: "http://bakery.test/loaf.png",
  });
  expect((await call(standin, `/projects/${project}/citations/1`)).status).toBe(404);
});
