import { expect, it, vi } from "vitest";
import type { StreamEnd, StreamListener, TabMessage } from "../../conversation/environment.ts";
import { answerOf } from "../../conversation/testing/scripted-proxy.ts";
import { leadFirstStream } from "./first-stream.ts";

const events = answerOf("One two three.");
const listener: StreamListener = { opened: () => {}, event: () => {} };

/** A window in which nobody or somebody holds the tabs' lock, or in which there are no locks. */
const windowWith = (lock: object | null | undefined) =>
  Object.create(window, {
    navigator: {
      value: {
        locks: lock !== undefined && {
          request: (_name: string, _options: object, work: (lock: object | null) => unknown) =>
            Promise.resolve(work(lock)),
        },
      },
    },
  });

function lead(view: Window, stream: (listener: StreamListener) => Promise<StreamEnd>, mayLead = true) {
  const isFollowed = vi.fn<() => void>();
  const end = leadFirstStream(view, {
    name: "tabs",
    turn: "t1",
    mayLead: () => mayLead,
    isFollowed,
    listener,
    stream,
  });
  return { end, isFollowed };
}

it("the first tab sends its stream to a later one, from that one's position", async () => {
  const other = new BroadcastChannel("tabs");
  const heard: TabMessage[] = [];
  other.addEventListener("message", ({ data }) => heard.push(data));
  let end = () => {};
  const { end: over, isFollowed } = lead(windowWith({}), async (told) => {
    told.opened();
    for (const event of events.slice(0, 3)) told.event(event);
    await new Promise<void>((resolve) => (end = resolve));
    for (const event of events.slice(3)) told.event(event);
    return "closed";
  });
  await expect.poll(() => heard).toHaveLength(4);
  expect(isFollowed).not.toHaveBeenCalled();
  heard.length = 0;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  other.postMessage({ turn: "t1", want: 1 });
  await expect.poll(() => heard).toHaveLength(1);
  expect(heard).toEqual([{ turn: "t1", opened: true, after: 1, events: events.slice(1, 3) }]);
  expect(isFollowed).toHaveBeenCalled();
  end();
  expect(await over).toBe("closed");
  await expect.poll(() => heard).toHaveLength(1 + events.length - 3);
  other.close();
});

it("the first tab notifies the others that its question was refused", async () => {
  const other = new BroadcastChannel("tabs");
  const heard: TabMessage[] = [];
  other.addEventListener("message", ({ data }) => heard.push(data));
  const { end } = lead(windowWith({}), () => Promise.resolve({ code: "too-long" }));
  expect(await end).toEqual({ code: "too-long" });
  await expect.poll(() => heard).toHaveLength(1);
  expect(heard).toEqual([{ turn: "t1", refused: { code: "too-long" } }]);
  other.close();
});

it.each([
  ["another tab has a stream", windowWith(null), true],
  ["another tab has asked meanwhile", windowWith({}), false],
  ["the browser has no locks", windowWith(undefined), true],
])("a question is not sent without the other tabs where %s", async (_why, view, mayLead) => {
  const stream = vi.fn<(listener: StreamListener) => Promise<StreamEnd>>();
  const { end } = lead(view, stream, mayLead);
  expect(await end).toBeNull();
  expect(stream).not.toHaveBeenCalled();
});
