import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ErrorBoundary } from "./error-boundary.tsx";
import { chatForTests, does, renderView } from "../testing/chat.tsx";

let failures: number;
let logged: unknown[];

beforeEach(() => {
  logged = [];
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void logged.push(words.join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function failWhileDrawn(words: string): void {
  if (failures-- > 0) throw new Error(words);
}

function Drawing({ words }: { words: string }) {
  failWhileDrawn(words);
  return <p class="rendered">rendered</p>;
}

it("a view that fails once is rendered again, its neighbours stay, and the error is logged once", async () => {
  failures = 1;
  const { all, place } = await renderView(
    chatForTests(),
    <>
      <p>before</p>
      <ErrorBoundary>
        <Drawing words="by chance" />
      </ErrorBoundary>
      <p>after</p>
    </>,
  );
  expect(all("p").map((each) => each.textContent)).toEqual(["before", "rendered", "after"]);
  expect(place.querySelector("[role=alert]")).toBeNull();
  expect(logged).toEqual(["customgpt-widget: Error: by chance"]);
});

it("a view that cannot be rendered is replaced by a message with a retry button", async () => {
  failures = 2;
  const { all, one } = await renderView(
    chatForTests(),
    <ErrorBoundary fallback={() => <p class="plain">plain</p>}>
      <Drawing words="for good" />
    </ErrorBoundary>,
  );
  expect(all(".plain, .rendered").map((each) => each.textContent)).toEqual(["plain"]);
  expect(one("[part=notice]").textContent).toContain("can’t be reached");
  expect(logged).toEqual(["customgpt-widget: Error: for good"]);
  await does(() => one("[part=notice] button").click());
  expect(all(".plain, .rendered, [part=notice]").map((each) => each.textContent)).toEqual(["rendered"]);
});

it("a view that always fails is rendered twice and no more", async () => {
  failures = 1_000;
  const { one } = await renderView(
    chatForTests(),
    <ErrorBoundary>
      <Drawing words="for ever" />
    </ErrorBoundary>,
  );
  await does(() => one("[part=notice] button").click());
  expect(1_000 - failures).toBe(4);
  expect(logged).toHaveLength(1);
});

it("a view that fails again after a while is rendered again", async () => {
  vi.useFakeTimers();
  failures = 1;
  const fails = signal(0);
  function Changing() {
    return <Drawing words={`time ${fails.value}`} />;
  }
  const { all } = await renderView(
    chatForTests(),
    <ErrorBoundary>
      <Changing />
    </ErrorBoundary>,
  );
  vi.advanceTimersByTime(10_000);
  failures = 1;
  await does(() => void fails.value++);
  expect(all(".rendered, [part=notice]").map((each) => each.textContent)).toEqual(["rendered"]);
  expect(logged).toHaveLength(2);
  failures = 1;
  await does(() => void fails.value++);
  expect(all(".rendered, [part=notice] button")).toHaveLength(1);
  expect(all(".rendered")).toHaveLength(0);
  vi.useRealTimers();
});

it("an error in an effect is handled like one in rendering", async () => {
  failures = 1;
  function Acting() {
    useEffect(() => failWhileDrawn("in an effect"), []);
    return <p class="rendered">rendered</p>;
  }
  const { all } = await renderView(
    chatForTests(),
    <ErrorBoundary>
      <Acting />
    </ErrorBoundary>,
  );
  expect(all(".rendered, [part=notice]").map((each) => each.textContent)).toEqual(["rendered"]);
});
