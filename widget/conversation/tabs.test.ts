import { array, assert, asyncProperty, constantFrom, nat, oneof } from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunningConversation } from "./conversation.ts";
import { createConversation } from "./create-conversation.ts";
import { createTabSync, type TabSync } from "./tabs/sync.ts";
import { shareStreams } from "./tabs/share-stream.ts";
import { scriptedBrowser } from "./testing/scripted-tabs.ts";
import { answerOf, scriptedProxy, type Fate } from "./testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "./testing/scripted-environment.ts";
import { withdrawQuestion } from "./stop-turn.ts";
import type { StoredConversation } from "./environment.ts";

type Tab = RunningConversation & {
  step: TabSync;
  withdraw: () => string | null;
  die: () => void;
  sleep: () => void;
  wake: () => void;
};

const texts = ["One two three.", "Four five.", "Six.", "Seven."];
const answers = texts.map((text, index) => answerOf(text, `m${index + 1}`));

/** One visitor's browser with one memory, in which tabs wait so many milliseconds one after the other; what one tab keeps, the others hear of. */
function setUp(fates: Fate[] = [], waits: number[] = []) {
  const proxy = scriptedProxy([...answers], fates, true);
  const ask = proxy.transport.ask.bind(proxy.transport);
  // What is answered is stored, in time for the tabs that ask for it.
  proxy.transport.ask = (ref, asked, ...rest) => {
    const known = proxy.begun.length;
    const end = ask(ref, asked, ...rest);
    const answer = texts[known];
    if (proxy.begun.length > known && answer)
      proxy.stored.push({
        message: `m${known + 1}`,
        prompt: asked.prompt,
        answer,
        citations: [],
        reaction: "neutral",
      });
    return end;
  };
  const usual = { ...proxy.transport };
  const network = { online: true };
  proxy.transport.ask = (...given) =>
    network.online ? usual.ask(...given) : Promise.resolve("unreachable" as const);
  const browser = scriptedBrowser();
  const kept: { value: StoredConversation | null } = { value: null };
  const tabs = new Set<Tab>();
  let made = 0;

  function open(): Tab {
    const name = ++made;
    const { world, state } = scriptedWorld(proxy.transport, kept);
    const own = browser.open();
    const changed = () => {
      for (const each of tabs)
        if (each !== tab) void Promise.resolve().then(() => tabs.has(each) && each.step.catchUp(false));
    };
    const { store } = world;
    let count = 0;
    Object.assign(world, {
      newNames() {
        const id = `${name}-${++count}`;
        return { id, name: `seen ${id}`, secret: `secret of ${id}` };
      },
      // Every tab's clock is the browser's.
      now: () => state.now,
      online: () => network.online,
      pause: (_: number, signal: AbortSignal) =>
        new Promise<boolean>((resolve) => {
          signal.addEventListener("abort", () => resolve(false));
          setTimeout(() => resolve(false), waits.shift() ?? 1);
        }),
      store: {
        ...store,
        save(what: StoredConversation) {
          store.save(structuredClone(what));
          changed();
        },
        forget() {
          store.forget();
          changed();
        },
        archive(question: string | undefined) {
          store.archive(question);
          changed();
        },
      },
    });
    const running = createConversation(world);
    const step = createTabSync(running, world);
    const transport = shareStreams(proxy.transport, own, world, {
      mayLead: (turn, sends) => step.isNext(turn, sends),
      isRemote: (turn, remote) => running.state.setRemote(turn, remote),
    });
    Object.assign(world, { transport });
    const tab: Tab = {
      ...running,
      step,
      withdraw: () => withdrawQuestion(running.state, world.store),
      die() {
        tabs.delete(tab);
        own.die();
        step.dispose();
        running.dispose();
      },
      sleep() {
        tabs.delete(tab);
        own.sleep(true);
      },
      wake() {
        tabs.add(tab);
        own.sleep(false);
        step.catchUp(true);
      },
    };
    tabs.add(tab);
    void running.restore();
    return tab;
  }

  return { proxy, open, kept, network };
}

const shown = (tab: Tab) =>
  tab.finished.value.map(({ question, answer, end }) => `${question} ${answer} (${end})`);

const quiet = async (...tabs: Tab[]) => {
  await expect
    .poll(() => tabs.every((tab) => !tab.streaming.value && !tab.restoring.value), { timeout: 5000 })
    .toBe(true);
  for (let times = 0; times < 4; times++) await settleDown();
};

describe("several tabs", () => {
  it("show a question and its streaming answer at once, from one stream", async () => {
    const { proxy, open } = setUp();
    const [a, b] = [open(), open()];
    const release = proxy.holdBack();
    a.ask("Count!");
    await settleDown();
    expect(b.streaming.value?.question).toBe("Count!");
    release();
    await quiet(a, b);
    expect(shown(b)).toEqual(["Count! One two three. (answered)"]);
    expect(shown(a)).toEqual(shown(b));
    expect(proxy.calls).toEqual(["ask new 1-1"]);
  });

  it("that ask one after the other continue one conversation", async () => {
    const { proxy, open } = setUp();
    const [a, b] = [open(), open()];
    a.ask("Count!");
    await quiet(a, b);
    b.ask("More!");
    await quiet(a, b);
    expect(shown(a)).toEqual(["Count! One two three. (answered)", "More! Four five. (answered)"]);
    expect(shown(b)).toEqual(shown(a));
    expect(proxy.calls).toEqual(["ask new 1-1", "ask c1 2-1"]);
  });

  it("that ask at the same moment are answered one after the other, in all of them", async () => {
    const { proxy, open } = setUp();
    const tabs = [open(), open(), open()];
    const [a] = tabs;
    tabs.forEach((tab, index) => tab.ask(`Question ${index}?`));
    for (let times = 0; times < 3; times++) await quiet(...tabs);
    await expect.poll(() => a && shown(a)).toHaveLength(3);
    await quiet(...tabs);
    for (const tab of tabs) expect(shown(tab)).toEqual(a && shown(a));
    expect(proxy.begun).toHaveLength(3);
    expect(proxy.calls.filter((call) => call.startsWith("ask new"))).toHaveLength(1);
  });

  it("that are opened during an answer join it", async () => {
    const { proxy, open } = setUp();
    const a = open();
    const release = proxy.holdBack();
    a.ask("Count!");
    await settleDown();
    const b = open();
    await settleDown();
    release();
    await quiet(a, b);
    expect(shown(b)).toEqual(["Count! One two three. (answered)"]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("catch up after they were suspended, also during an answer", async () => {
    const { proxy, open } = setUp();
    const [a, b] = [open(), open()];
    const release = proxy.holdBack();
    a.ask("Count!");
    await settleDown();
    b.sleep();
    release();
    await quiet(a);
    a.ask("More!");
    await quiet(a);
    b.wake();
    await quiet(a, b);
    expect(b.finished.value.map(({ answer }) => answer)).toEqual(["One two three.", "Four five."]);
    expect(proxy.begun).toHaveLength(2);
  });

  it.each(["awake", "asleep"])(
    "send a question once when the network is back, and none that was withdrawn in one while the other was %s",
    async (how) => {
      const { proxy, open, network } = setUp();
      const [a, b] = [open(), open()];
      const waits = (tab: Tab) => tab.streaming.value?.phase.value === "offline";
      network.online = false;
      a.ask("Count!");
      await expect.poll(() => waits(a) && waits(b)).toBe(true);
      if (how === "asleep") b.sleep();
      expect(a.withdraw()).toBe("Count!");
      network.online = true;
      for (let times = 0; times < 4; times++) await settleDown();
      if (how === "asleep") b.wake();
      await quiet(a, b);
      expect(shown(b)).toEqual([]);
      expect(proxy.begun).toEqual([]);

      network.online = false;
      a.ask("More!");
      await expect.poll(() => waits(a) && waits(b)).toBe(true);
      network.online = true;
      await quiet(a, b);
      expect(shown(a)).toEqual(["More! One two three. (answered)"]);
      await expect.poll(() => shown(b)).toEqual(shown(a));
      expect(proxy.begun).toHaveLength(1);
    },
  );

  it("catch up with missed turns while the next question is being answered", async () => {
    const { proxy, open } = setUp();
    const [a, b] = [open(), open()];
    a.ask("Count!");
    await quiet(a, b);
    a.sleep();
    b.ask("More!");
    await quiet(b);
    const release = proxy.holdBack();
    b.ask("Most!");
    await settleDown();
    a.wake();
    await settleDown();
    release();
    await quiet(a, b);
    expect(shown(a)).toHaveLength(3);
    expect(shown(a)).toEqual(shown(b));
    expect(proxy.begun).toHaveLength(3);
  });

  it("never send a question that was withdrawn while one of them was suspended, though another is being answered", async () => {
    const { proxy, open, network } = setUp();
    const [a, b] = [open(), open()];
    network.online = false;
    a.ask("Count!");
    await expect.poll(() => a.streaming.value?.phase.value).toBe("offline");
    await expect.poll(() => b.streaming.value?.phase.value).toBe("offline");
    a.sleep();
    expect(b.withdraw()).toBe("Count!");
    network.online = true;
    const release = proxy.holdBack();
    b.ask("More!");
    await settleDown();
    a.wake();
    await settleDown();
    release();
    for (let times = 0; times < 3; times++) await quiet(a, b);
    expect(shown(a)).toEqual(["More! One two three. (answered)"]);
    expect(shown(b)).toEqual(shown(a));
    expect(proxy.begun).toHaveLength(1);
  });

  it.each(["More!", "More! Most!"])(
    "send a question once that waited for a network in one of them, while that was suspended and another asked %s",
    async (others) => {
      const { proxy, open, network } = setUp();
      const [a, b] = [open(), open()];
      b.ask("Hello!");
      await quiet(a, b);
      network.online = false;
      a.ask("Count!");
      await expect.poll(() => b.streaming.value?.phase.value).toBe("offline");
      a.sleep();
      network.online = true;
      await quiet(b);
      let release = () => {};
      for (const question of others.split(" ")) {
        await quiet(b);
        release = proxy.holdBack();
        b.ask(question);
        await settleDown();
        if (!others.endsWith(question)) release();
      }
      a.wake();
      await settleDown();
      release();
      for (let times = 0; times < 3; times++) await quiet(a, b);
      const asked = ["Hello!", "Count!", ...others.split(" ")];
      expect(b.finished.value.map(({ question }) => question)).toEqual(asked);
      expect(a.finished.value.map(({ question }) => question)).toEqual(asked);
      expect(proxy.calls.filter((call) => call.startsWith("ask"))).toHaveLength(asked.length);
    },
  );

  it("all stop when one stops, and show the same", async () => {
    const { proxy, open } = setUp();
    const [a, b] = [open(), open()];
    b.streaming.subscribe((turn) => turn?.answer.subscribe((text) => text === "One two " && b.stop()));
    a.ask("Count!");
    await quiet(a, b);
    expect(shown(a)).toEqual(["Count! One two  (stopped)"]);
    expect(shown(b)).toEqual(shown(a));
    expect(proxy.calls).toContain("stop c1 1-1");
    b.retry("seen 1-1");
    await quiet(a, b);
    expect(shown(b)).toEqual(["Count! Four five. (answered)"]);
    expect(shown(a)).toEqual(shown(b));
  });

  it("show the same when one stops an answer that has ended in the other a few words later", async () => {
    const { open } = setUp();
    const [a, b] = [open(), open()];
    b.streaming.subscribe((turn) => turn?.answer.subscribe((text) => text === "One two " && b.stop()));
    a.streaming.subscribe((turn) =>
      turn?.answer.subscribe((text) => {
        if (text === "One two three." && a.state.live) a.state.finish(a.state.live, { end: "stopped" });
      }),
    );
    a.ask("Count!");
    await quiet(a, b);
    expect(shown(a)).toEqual([expect.stringMatching(/^Count! One two .*\(stopped\)$/)]);
    expect(shown(b)).toEqual(shown(a));
  });

  it("are all empty once one starts over, also during an answer", async () => {
    const { proxy, open } = setUp();
    const [a, b] = [open(), open()];
    const release = proxy.holdBack();
    a.ask("Count!");
    await settleDown();
    b.startOver();
    await settleDown();
    release();
    await quiet(a, b);
    expect([shown(a), shown(b)]).toEqual([[], []]);
    a.ask("Anew!");
    await quiet(a, b);
    expect(shown(b)).toEqual(["Anew! Four five. (answered)"]);
  });

  it("show the same problem when a question is refused", async () => {
    const { open } = setUp([{ code: "too-long" }]);
    const [a, b] = [open(), open()];
    a.ask("Count!");
    await quiet(a, b);
    expect(shown(a)).toEqual(["Count!  (failed)"]);
    expect(shown(b)).toEqual(shown(a));
  });

  it("complete the answer with one message to the agent, at whichever event the leading tab is closed or cut", async () => {
    const whole = answers[0]?.length ?? 0;
    const cut = nat(whole);
    await assert(
      asyncProperty(cut, array(cut, { maxLength: 3 }), async (dies, cuts) => {
        const { proxy, open } = setUp(cuts.map((events) => ({ events })));
        const [a, b, c] = [open(), open(), open()];
        let heard = 0;
        const ask = proxy.transport.ask.bind(proxy.transport);
        proxy.transport.ask = (ref, asked, listener, signal) => {
          const event: typeof listener.event = (each) => {
            if (heard++ === dies) a.die();
            listener.event(each);
          };
          return ask(ref, asked, { ...listener, event }, signal);
        };
        a.ask("Count!");
        await quiet(b, c);
        expect(shown(b)).toEqual(["Count! One two three. (answered)"]);
        expect(shown(c)).toEqual(shown(b));
        expect(proxy.begun).toHaveLength(1);
      }),
      { numRuns: 25 },
    );
  });

  it("show the question once, whichever of them reaches the proxy, and when", async () => {
    const cut = nat(answers[0]?.length ?? 0).map((events) => ({ events }));
    const fate = oneof(constantFrom<Fate[]>("unreachable", "lost-after-taking"), cut);
    const few = { maxLength: 3 };
    await assert(
      asyncProperty(array(fate, few), array(nat(12), { maxLength: 8 }), async (fates, waits) => {
        const { proxy, open } = setUp([...fates], [...waits]);
        const tabs = [open(), open()];
        tabs[0]?.ask("Count!");
        await quiet(...tabs);
        await quiet(...tabs);
        for (const tab of tabs) expect(shown(tab)).toEqual(["Count! One two three. (answered)"]);
        expect(proxy.begun).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});
