import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ErrorBoundary } from "./boundary.tsx";
import { chatForTests, does, draw } from "../testing/chat.tsx";

let failures: number;
let told: unknown[];

beforeEach(() => {
  told = [];
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void told.push(words.join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function failWhileDrawn(words: string): void {
  if (failures-- > 0) throw new Error(words);
}

function Drawing({ words }: { words: string }) {
  failWhileDrawn(words);
  return <p class="drawn">drawn</p>;
}

it("what fails to be drawn once is drawn anew, beside it nothing changes, and the console is told once", async () => {
  failures = 1;
  const { all, place } = await draw(
    chatForTests(),
    <>
      <p>before</p>
      <ErrorBoundary>
        <Drawing words="by chance" />
      </ErrorBoundary>
      <p>after</p>
    </>,
  );
  expect(all("p").map((each) => each.textContent)).toEqual(["before", "drawn", "after"]);
  expect(place.querySelector("[role=alert]")).toBeNull();
  expect(told).toEqual(["customgpt-widget: Error: by chance"]);
});

it("what cannot be drawn is told, with a button that draws it", async () => {
  failures = 2;
  const { all, one } = await draw(
    chatForTests(),
    <ErrorBoundary fallback={() => <p class="plain">plain</p>}>
      <Drawing words="for good" />
    </ErrorBoundary>,
  );
  expect(all(".plain, .drawn").map((each) => each.textContent)).toEqual(["plain"]);
  expect(one("[part=notice]").textContent).toContain("can’t be reached");
  expect(told).toEqual(["customgpt-widget: Error: for good"]);
  await does(() => one("[part=notice] button").click());
  expect(all(".plain, .drawn, [part=notice]").map((each) => each.textContent)).toEqual(["drawn"]);
});

it("what would fail for ever is drawn twice and no more", async () => {
  failures = 1_000;
  const { one } = await draw(
    chatForTests(),
    <ErrorBoundary>
      <Drawing words="for ever" />
    </ErrorBoundary>,
  );
  await does(() => one("[part=notice] button").click());
  expect(1_000 - failures).toBe(4);
  expect(told).toHaveLength(1);
});

it("what fails again after a while is drawn anew again", async () => {
  vi.useFakeTimers();
  failures = 1;
  const fails = signal(0);
  function Changing() {
    return <Drawing words={`time ${fails.value}`} />;
  }
  const { all } = await draw(
    chatForTests(),
    <ErrorBoundary>
      <Changing />
    </ErrorBoundary>,
  );
  vi.advanceTimersByTime(10_000);
  failures = 1;
  await does(() => void fails.value++);
  expect(all(".drawn, [part=notice]").map((each) => each.textContent)).toEqual(["drawn"]);
  expect(told).toHaveLength(2);
  failures = 1;
  await does(() => void fails.value++);
  expect(all(".drawn, [part=notice] button")).toHaveLength(1);
  expect(all(".drawn")).toHaveLength(0);
  vi.useRealTimers();
});

it("what is thrown by an effect is contained like what is thrown while drawing", async () => {
  failures = 1;
  function Acting() {
    useEffect(() => failWhileDrawn("in an effect"), []);
    return <p class="drawn">drawn</p>;
  }
  const { all } = await draw(
    chatForTests(),
    <ErrorBoundary>
      <Acting />
    </ErrorBoundary>,
  );
  expect(all(".drawn, [part=notice]").map((each) => each.textContent)).toEqual(["drawn"]);
});
