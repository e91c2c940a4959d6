import { describe, expect, it } from "vitest";
import { Announcer } from "./announcer.tsx";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { chatForTests, does, renderView, profileWith, streamingTurn, turnWith } from "../testing/chat.tsx";
import type { FinishedTurn } from "../../conversation/types.ts";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { announcementOf } from "./announce.ts";
import { Transcript } from "../panel/transcript.tsx";

await Promise.all([conversationView.load(), conversationActions.load()]);

async function announced() {
  const chat = chatForTests();
  const { one } = await renderView(
    chat,
    <>
      <div part="answer">An older answer.</div>
      <div part="answer">
        It is a <strong>chat</strong>
        <sup>
          <a href="https://a.example">
            1<span class="unseen"> (opens in a new tab)</span>
          </a>
        </sup>
        .
      </div>
      <Announcer />
    </>,
  );
  const { conversation } = chat;
  return {
    chat,
    calmly: () => one("[aria-live=polite]").textContent,
    atOnce: () => one("[aria-live=assertive]").textContent,
    asks: async () => {
      const streaming = streamingTurn();
      await does(() => {
        conversation.streaming.value = streaming;
      });
      return streaming;
    },
    ends: async (change: Partial<FinishedTurn>) => {
      await does(() => {
        conversation.finished.value = [...conversation.finished.value, turnWith(change)];
        conversation.streaming.value = null;
      });
    },
  };
}

it("says once that an answer is awaited, nothing while it streams, then all of it", async () => {
  const { calmly, asks, ends } = await announced();
  const streaming = await asks();
  expect(calmly()).toBe("Looking for the answer…");
  await does(() => {
    streaming.phase.value = "answering";
    streaming.answer.value = "It is";
  });
  expect(calmly()).toBe("Looking for the answer…");
  await ends({});
  expect(calmly()).toBe("Answer: It is a chat1.");
});

it("uses the agent's own text for waiting", async () => {
  const { chat, calmly, asks } = await announced();
  chat.profile.value = profileWith({ texts: { ...noTexts, thinking: "Hang in there!" } });
  await asks();
  expect(calmly()).toBe("Hang in there!");
});

it("does not announce a stored conversation", async () => {
  const { calmly, ends } = await announced();
  await ends({});
  expect(calmly()).toBe("");
});

it("announces a problem immediately", async () => {
  const { calmly, atOnce, asks, ends } = await announced();
  await asks();
  await ends({ answer: "It", end: "failed", problem: { code: "answer-cut" } });
  expect(atOnce()).toBe("The answer broke off before it was complete.");
  expect(calmly()).not.toContain("It");
});

it("says that the answer was stopped", async () => {
  const { calmly, asks, ends } = await announced();
  await asks();
  await ends({ end: "stopped" });
  expect(calmly()).toBe("You stopped this answer.");
});

it("is empty after its conversation was removed", async () => {
  const { chat, calmly, asks, ends } = await announced();
  await asks();
  await ends({});
  expect(calmly()).toContain("It is a chat1.");
  await does(() => {
    chat.conversation.finished.value = [];
  });
  expect(calmly()).toBe("");
});

it("announces a problem outside a turn", async () => {
  const { chat, atOnce } = await announced();
  await does(() => {
    chat.conversation.problem.value = { code: "unreachable" };
  });
  expect(atOnce()).toBe("The chat can’t be reached right now.");
});

it("does not announce an answer again when it is rated", async () => {
  const { chat, calmly, asks, ends } = await announced();
  await asks();
  await ends({});
  const said = calmly();
  await does(() => {
    chat.conversation.finished.value = chat.conversation.finished.value.map((turn) => ({
      ...turn,
      reaction: "liked",
    }));
  });
  expect(calmly()).toBe(said);
  await asks();
  expect(calmly()).toBe("Looking for the answer…");
});

/** The announcer, first rendered after `prepare` has changed the chat. */
async function renderedLate(prepare: (chat: ReturnType<typeof chatForTests>) => void) {
  const chat = chatForTests();
  prepare(chat);
  const { one } = await renderView(
    chat,
    <>
      <Transcript />
      <Announcer />
    </>,
  );
  return {
    chat,
    calmly: () => one("[aria-live=polite]").textContent,
    atOnce: () => one("[aria-live=assertive]").textContent,
  };
}

describe("a turn that ended before it was rendered", () => {
  it("is announced once, when it is rendered", async () => {
    const { chat, calmly } = await renderedLate(({ conversation }) => {
      conversation.finished.value = [turnWith({ answer: "It is a **chat**.", isNews: true })];
    });
    expect(calmly()).toBe("Answer: It is a chat.");
    announcementOf(chat).value = "";
    await does(() => {
      chat.conversation.finished.value = [turnWith({ isNews: true, reaction: "liked" })];
    });
    expect(calmly()).toBe("");
  });

  it("is announced together with the awaited answer", async () => {
    const { calmly } = await renderedLate(({ conversation }) => {
      conversation.finished.value = [turnWith({ answer: "It is a chat.", isNews: true })];
      conversation.streaming.value = streamingTurn("turn-2");
    });
    expect(calmly()).toBe("Answer: It is a chat. Looking for the answer…");
  });

  it("is announced immediately if it is a problem", async () => {
    const { calmly, atOnce } = await renderedLate(({ conversation }) => {
      const failed = { answer: "", end: "failed", problem: { code: "answer-cut" } } as const;
      conversation.finished.value = [turnWith({ ...failed, isNews: true })];
    });
    expect(atOnce()).toBe("The answer broke off before it was complete.");
    expect(calmly()).toBe("");
  });

  it("is announced as a whole, however long rendering takes", async () => {
    const answer = `${"word ".repeat(3000)}end`;
    const { calmly } = await renderedLate(({ conversation }) => {
      conversation.finished.value = [turnWith({ answer, isNews: true })];
    });
    const plain = () => (calmly() ?? "").split(/\s+/).join(" ");
    await expect.poll(() => plain().slice(-200)).toBe(answer.slice(-200));
    expect(plain().match(/word/g)).toHaveLength(3000);
  });

  it("is announced when the panel opens, if that was closed", async () => {
    const { chat, calmly } = await renderedLate(({ conversation, open }) => {
      open.value = false;
      conversation.finished.value = [turnWith({ answer: "It is a chat.", isNews: true })];
    });
    expect(calmly()).toBe("");
    await does(() => {
      chat.open.value = true;
    });
    expect(calmly()).toBe("Answer: It is a chat.");
  });

  it("is not announced if it was loaded from storage", async () => {
    const { calmly, atOnce } = await renderedLate(({ conversation }) => {
      conversation.finished.value = [turnWith(), turnWith({ id: "turn-2", end: "stopped", message: null })];
    });
    expect([calmly(), atOnce()]).toEqual(["", ""]);
  });
});
