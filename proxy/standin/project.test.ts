/** Projects and settings: read, changed, listed, refused. */
import { expect, test } from "vitest";
import { bakery, call, data, json, quickStandin } from "./testing/start.ts";

test("a project id that is no integer is a bad one, an unknown one is not found", async () => {
  const standin = quickStandin();
  for (const id of ["abc", "1.5", "-1", "1%2F2"]) {
    const response = await call(standin, `/projects/${id}/settings`);
    expect(response.status).toBe(400);
    expect(await data(response)).toEqual({ code: 400, message: "Agent id must be integer" });
  }
  const response = await call(standin, "/projects/1/conversations", { method: "POST", body: {} });
  expect(response.status).toBe(404);
  expect(await data(response)).toEqual({ code: 404, message: "Agent with id 1 not found" });
});

test("creating one without a name or a sitemap is refused in the documented words", async () => {
  const standin = quickStandin();
  const message = async (body: unknown) => {
    const response = await call(standin, "/projects", { method: "POST", body });
    expect(response.status).toBe(400);
    return (await data(response))["message"];
  };
  expect(await message({ sitemap_path: "http://a" })).toBe("Agent name can't be empty");
  expect(await message({ project_name: "A" })).toBe("Sitemap path can't be empty");
  expect(await message({ project_name: "A", sitemap_path: "http://:" })).toBe(
    "Sitemap path is not a valid URL",
  );
  for (let count = 0; count < 50; count++) standin.seed(bakery);
  expect(await message({ project_name: "A", sitemap_path: "http://a" })).toBe(
    "You have reached your agent limit",
  );
});

test("a seeded project is active at once, listed, renamed and deleted", async () => {
  const standin = quickStandin();
  const id = standin.seed(bakery);
  const one = `/projects/${id}`;
  expect(await data(call(standin, one))).toMatchObject({ id, project_name: "Bakery", is_chat_active: true });
  await call(standin, one, { method: "POST", body: { project_name: "New" } });
  expect(await data(call(standin, "/projects"))).toMatchObject({
    per_page: 10,
    total: 1,
    data: [{ project_name: "New" }],
  });
  expect(await data(call(standin, `${one}/stats`))).toMatchObject({ pages_indexed: 2, total_queries: 0 });
  expect(await data(call(standin, "/limits/usage"))).toMatchObject({
    current_projects_num: 1,
    current_queries: 0,
  });
  expect(await json(call(standin, one, { method: "DELETE" }))).toEqual({
    data: { deleted: true },
    status: "success",
  });
  expect((await call(standin, one)).status).toBe(404);
});

test("settings hold the full set of 2026, with what was seeded", async () => {
  const standin = quickStandin();
  const id = standin.seed({
    ...bakery,
    settings: { chatbot_color: "#AA3300", example_questions: ["When?"] },
  });
  const settings = await data(call(standin, `/projects/${id}/settings`));
  expect(Object.keys(settings).length).toBeGreaterThan(70);
  expect(settings).toMatchObject({
    chatbot_color: "#AA3300",
    example_questions: ["When?"],
    enable_citations: 3,
  });
});

test("an update uses the other names of four keys, reads texts by the setting's type and ignores what it does not know", async () => {
  const standin = quickStandin();
  const id = standin.seed(bakery);
  const form = new FormData();
  form.set("chat_bot_avatar", "http://a/face.png");
  form.set("chat_bot_bg_type", "image");
  form.append("example_questions[]", "One?");
  form.append("example_questions[]", "Two?");
  form.set("enable_feedbacks", "0");
  form.set("enable_citations", "2");
  form.set("is_admin", "1");
  const sent = new Response(form);
  const updated = await call(standin, `/projects/${id}/settings`, {
    method: "POST",
    body: await sent.text(),
    headers: { "content-type": sent.headers.get("content-type") ?? "" },
  });
  expect(await json(updated)).toEqual({ data: { updated: true }, status: "success" });
  const settings = await data(call(standin, `/projects/${id}/settings`));
  expect(settings).toMatchObject({
    chatbot_avatar: "http://a/face.png",
    chatbot_background_type: "image",
    example_questions: ["One?", "Two?"],
    enable_feedbacks: false,
    enable_citations: 2,
  });
  expect(settings).not.toHaveProperty("is_admin");
});

test("settings come in the other shapes they were seen in", async () => {
  const standin = quickStandin();
  const id = standin.seed(bakery);
  const read = () => data(call(standin, `/projects/${id}/settings`));
  standin.faults.on("settings-2023", { times: 1 });
  expect(Object.keys(await read())).toHaveLength(7);
  standin.faults.on("settings-nulls", { times: 1 });
  expect(new Set(Object.values(await read()))).toEqual(new Set([null]));
  standin.faults.on("settings-zero-one", { times: 1 });
  expect(await read()).toMatchObject({ enable_feedbacks: 1, remove_branding: 0, chatbot_color: "#000000" });
  expect(await read()).toMatchObject({ enable_feedbacks: true });
});
