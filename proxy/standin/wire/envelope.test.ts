/** Tests of the envelopes of answers. */
import { expect, test } from "vitest";
import { date, failure, oddDate, paginate, success } from "./envelope.ts";
import { base, call, json, quickStandin } from "../testing/start.ts";

test("a success puts its data first and escapes slashes, as recorded", async () => {
  const response = success({ url: "http://a/b" }, 201);
  expect(response.status).toBe(201);
  expect(await response.text()).toBe('{"data":{"url":"http:\\/\\/a\\/b"},"status":"success"}');
});

test("an error repeats its status and the address that was asked", async () => {
  expect(await failure("http://a/b?c", 404, "Agent with id 1 not found").json()).toEqual({
    status: "error",
    url: "http://a/b?c",
    data: { code: 404, message: "Agent with id 1 not found" },
  });
});

test("a page of a list says where it is among the others", () => {
  const items = Array.from({ length: 45 }, (_, index) => index);
  const second = paginate(items, { url: "http://a/list?page=2&order=asc", page: "2", size: 20 });
  expect(second).toMatchObject({ current_page: 2, from: 21, to: 40, total: 45, last_page: 3, per_page: 20 });
  expect(second.data).toEqual(items.slice(20, 40));
  expect([second.prev_page_url, second.next_page_url]).toEqual([
    "http://a/list?page=1",
    "http://a/list?page=3",
  ]);
  expect(paginate(items, { url: "http://a/list", page: "3", size: 20 }).next_page_url).toBeNull();
});

test("a page beyond the end is empty, a page that is no number is the first", () => {
  expect(paginate([1], { url: "u", page: "9", size: 20 })).toMatchObject({ data: [], from: null, to: null });
  for (const page of [undefined, "", "x", "-1", "0", "1.5"]) {
    expect(paginate([1], { url: "u", page, size: 20 }).data).toEqual([1]);
  }
});

test("writes dates both ways", () => {
  const when = Date.UTC(2023, 5, 25, 17, 1, 11);
  expect(date(when)).toBe("2023-06-25T17:01:11.000000Z");
  expect(oddDate(when)).toBe("25 Jun 2023 05:01:11");
});

test("without the key, or with another one, every call is refused", async () => {
  const standin = quickStandin();
  for (const authorization of ["", "Bearer", "Bearer other", "Basic abc"]) {
    const response = await call(standin, "/projects?page=1", { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await json(response)).toEqual({
      status: "error",
      url: `${base}/projects?page=1`,
      data: { code: 401, message: "API Token is either missing or invalid" },
    });
  }
});

test("an address nobody knows is not found", async () => {
  expect((await call(quickStandin(), "/nowhere")).status).toBe(404);
});

test("a body that is too large is refused unread", async () => {
  const response = await call(quickStandin(), "/projects", { method: "POST", body: "x".repeat(2_000_001) });
  expect(response.status).toBe(413);
});
