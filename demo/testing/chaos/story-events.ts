/** Events for a visitor with two tabs: the visitor's actions and disruptions, which tests combine in any order. */
import { type Arbitrary, array, constantFrom, integer, nat, record } from "fast-check";
import type { StorageFault } from "../tab/page-storage.ts";
import type { FileFault, RequestFault } from "./test-network.ts";
import type { Story } from "./story.ts";
import type { StreamFault } from "./stream-through.ts";

/** The numbers are its tab, duration, amount and count; each event uses those it needs. */
type Numbers = { tab: number; milliseconds: number; bytes: number; times: number };
type StoryEvent = (story: Story, numbers: Numbers) => Promise<void> | void;

const request =
  (fault: RequestFault): StoryEvent =>
  ({ browser: { testNetwork } }, { times }) =>
    void testNetwork.faults.requests.push(...Array.from({ length: times }, () => fault));

const stream =
  (what: StreamFault["what"]): StoryEvent =>
  ({ browser: { testNetwork } }, { bytes, times }) =>
    void testNetwork.faults.streams.push(...Array.from({ length: times }, () => ({ what, after: bytes })));

const file =
  (fault: FileFault): StoryEvent =>
  ({ browser: { testNetwork } }, { times }) =>
    void testNetwork.faults.files.push(...Array.from({ length: times }, () => fault));

const storage =
  (fault: StorageFault): StoryEvent =>
  (story) =>
    story.setStorageFault(fault);

const storyEvents = {
  "time passes": ({ browser }, { milliseconds }) => browser.time.pass(milliseconds),
  "a question is asked": (story, { tab }) => story.ask(tab),
  "a quarter of an hour passes": ({ browser }) => browser.time.pass(900_000),
  "an hour passes": ({ browser }) => browser.time.pass(3_600_000),
  "the button that stands there is pressed": (story, { tab }) => void story.pressRemedy(tab),
  "the answer is stopped": (story, { tab }) => story.stop(tab),
  "the page is reloaded": (story, { tab }) => story.reload(tab),
  "the tab is closed": (story, { tab }) => story.close(tab),
  "the tab is opened": (story, { tab }) => story.open(tab),
  "the network is gone": ({ browser }) => browser.setOnline(false),
  "the network is back": ({ browser }) => browser.setOnline(true),
  "the network is gone for a while": async ({ browser }, { milliseconds }) => {
    browser.setOnline(false);
    await browser.time.pass(milliseconds);
    browser.setOnline(true);
  },
  "every stream breaks": ({ browser }) => browser.testNetwork.cut(),
  "streams break": stream("breaks"),
  "streams end early": stream("ends"),
  "streams are garbled and break": stream("is garbled and breaks"),
  "streams fall silent": stream("falls silent"),
  "requests are refused": request("refused"),
  "answers are lost": request("answer lost"),
  "requests meet silence": request("silence"),
  "requests meet a web page": request("web page"),
  "a gateway says 403": request(403),
  "a gateway says 429": request(429),
  "a gateway says 500": request(500),
  "a gateway says 503": request(503),
  "the service refuses": ({ refusals }, { times }) => void (refusals.left += times),
  "files are missing": file("missing"),
  "files are empty": file("empty"),
  "files are web pages": file("web page"),
  "files throw": file("throws"),
  "files are late": file("late"),
  "the storage is full": storage("full"),
  "the storage refuses": storage("blocked"),
  "the storage forgets": storage("drops writes"),
  "the storage keeps again": storage("none"),
  "the storage is emptied": (story) => story.tamper((items) => items.clear()),
  "the storage holds what is foreign": (story) =>
    story.tamper((items) =>
      [...items.keys()].forEach((key) => items.set(key, '{"ref":[1],"pending":{"id":')),
    ),
  "the storage holds what is old": (story) => story.bringBackOld(),
} satisfies Record<string, StoryEvent>;

const names = Object.keys(storyEvents).filter(
  (name): name is keyof typeof storyEvents => name in storyEvents,
);

/** A sequence of events, each with its delay after the one before, in milliseconds. */
export const sequences = array(
  record({
    what: constantFrom(...names, ...Array.from({ length: 8 }, () => "a question is asked" as const)),
    after: nat(1_500),
    tab: nat(1),
    milliseconds: integer({ min: 1, max: 60_000 }),
    bytes: nat(1_200),
    times: integer({ min: 1, max: 4 }),
  }),
  { minLength: 3, maxLength: 9, size: "max" },
);

export type Sequence = typeof sequences extends Arbitrary<infer Made> ? Made : never;

export async function endure(story: Story, sequence: Sequence): Promise<void> {
  for (const { after, what, ...numbers } of sequence) {
    await story.browser.time.pass(after);
    await storyEvents[what](story, numbers);
  }
}
