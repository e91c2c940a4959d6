import { expect, it } from "vitest";
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { shareStreams } from "./share-stream.ts";
import { scriptedBrowser } from "../testing/scripted-tabs.ts";
import { answerOf, joined, ref, scriptedProxy } from "../testing/scripted-proxy.ts";
import type { StreamListener } from "../environment.ts";

const text = "One two three four five six.";
const pieces = answerOf(text);

/** A tab that has been told so many events of a turn, and hears the rest. */
function tab(after: number) {
  const heard = pieces.filter(({ id }) => id <= after);
  const listener: StreamListener = { opened: () => {}, event: (event) => void heard.push(event) };
  const words = () => heard.map((each) => (each.event === "delta" ? each.data.text : "")).join("");
  return { listener, words };
}

/** The other tab's leader tells `told`; a proxy has the whole turn. */
async function toldBy(told: (tell: (after: number, events: StreamEvent[]) => void) => void, after: number) {
  const browser = scriptedBrowser();
  const { transport } = scriptedProxy([pieces]);
  const silent: StreamListener = { opened: () => {}, event: () => {} };
  const never = new AbortController().signal;
  await transport.ask(ref, { turn: "t1", prompt: "Cost?" }, silent, never);
  const [leader, follower] = [browser.open(), browser.open()];
  // Its lock is never let go.
  void leader.lead(() => new Promise(() => {}), never);
  const world = { pause: () => new Promise<boolean>(() => {}) };
  const shared = shareStreams(transport, follower, world, { mayLead: () => true, isRemote: () => {} });
  const { listener, words } = tab(after);
  const over = shared.resume(ref, "t1", after, listener, never);
  await Promise.resolve();
  told((from, events) => leader.post({ turn: "t1", opened: true, after: from, events }));
  await over;
  return words();
}

it("a tab that receives the rest as one piece, from its position, appends it", async () => {
  expect(await toldBy((tell) => tell(3, joined(pieces.filter(({ id }) => id > 3))), 3)).toBe(text);
});

it("a tab that receives known pieces again as one shows nothing twice", async () => {
  expect(await toldBy((tell) => tell(1, joined(pieces.filter(({ id }) => id > 1))), 3)).toBe(text);
});
