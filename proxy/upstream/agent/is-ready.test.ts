/** Test of an agent's readiness, in the forms in which the service is known to write it. */
import { expect, it } from "vitest";
import type { Call } from "../request.ts";
import { createAddresses } from "../urls.ts";
import { createIsReady } from "./is-ready.ts";

it.each<[unknown, boolean]>([
  [{ data: { id: 7, is_chat_active: true } }, true],
  [{ data: { id: 7, is_chat_active: 1 } }, true],
  [{ data: { id: "7", is_chat_active: "1" }, status: "success" }, true],
  [{ data: { id: 7, is_chat_active: null } }, false],
  [{ data: { id: 7, is_chat_active: 0 } }, false],
  [{ data: { id: 7, is_chat_active: false } }, false],
  [{ data: { id: 7 } }, true],
  [{ data: [] }, true],
  [null, true],
])("of %j: %s", async (body, isReady) => {
  const asked: Call[] = [];
  const calls = {
    open: () => Promise.reject(new Error("nothing is streamed")),
    json(call: Call) {
      asked.push(call);
      return Promise.resolve(body);
    },
  };
  const addresses = createAddresses(new URL("https://service.example/api/v1"));
  expect(await createIsReady(calls, addresses)(7, new AbortController().signal)).toBe(isReady);
  expect(asked.map(({ method, url }) => `${method} ${url.href}`)).toEqual([
    "GET https://service.example/api/v1/projects/7",
  ]);
});
