import { afterEach, describe, expect, it, vi } from "vitest";
import { problems } from "../../../proxy/protocol/problems.ts";
import { englishConversation } from "../../i18n/locales/en.conversation.ts";
import { english as first } from "../../i18n/locales/en.ts";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { chatForTests, does, renderView, profileWith } from "../testing/chat.tsx";
import { Notice, ProblemNotice, actionFor } from "./notice.tsx";
import { problemMessage } from "../problem/problem-message.ts";

const english = { ...englishConversation, ...first };

afterEach(() => {
  vi.useRealTimers();
});

describe("messages of problems", () => {
  it.each(Object.keys(english.problems))("are there for %s", (code) => {
    const known = Object.keys(problems).find((each): each is keyof typeof problems => each === code);
    if (!known) throw new Error("no such problem");
    expect(problemMessage({ code: known }, profileWith(), english)).toBe(english.problems[known]);
  });

  it("cover problems that only a browser knows", () => {
    expect(problemMessage({ code: "offline" }, profileWith(), english)).toBe(english.offline);
    expect(problemMessage({ code: "unreachable" }, profileWith(), english)).toBe(english.unreachable);
  });

  it("are the owner's own where there are some", () => {
    const profile = profileWith({
      texts: { ...noTexts, outage: "Call us.", outOfQueries: "Come back tomorrow." },
    });
    expect(problemMessage({ code: "upstream-down" }, profile, english)).toBe("Call us.");
    expect(problemMessage({ code: "agent-unavailable" }, profile, english)).toBe("Call us.");
    expect(problemMessage({ code: "budget-used-up" }, profile, english)).toBe("Come back tomorrow.");
    expect(problemMessage({ code: "answer-cut" }, profile, english)).toBe(english.problems["answer-cut"]);
  });
});

it("the owner's text for a limit comes before the default one, as plain text", async () => {
  const words = "Write to <b>help@example.com</b>.";
  const profile = profileWith({ texts: { ...noTexts, outOfQueries: "Come back tomorrow." } });
  expect(problemMessage({ code: "too-many", words }, profile, english)).toBe(words);
  expect(problemMessage({ code: "budget-used-up", words }, profile, english)).toBe(words);
  const { one, all } = await renderView(chatForTests(), <Notice text={words} action={null} />);
  expect(one("[part=notice]").textContent).toBe(words);
  expect(all("b")).toHaveLength(0);
});

describe("the button of a problem's notice", () => {
  it.each([
    ["upstream-down", "Try again"],
    ["offline", "Try again"],
    ["too-many", "Try again"],
    ["not-found", "Start over"],
    ["not-allowed", "Start over"],
    ["signed-out", "Reload the page"],
    ["too-long", undefined],
    ["bad-request", undefined],
  ] as const)("of %s is: %s", (code, label) => {
    expect(actionFor({ code }, chatForTests(), () => {})?.label).toBe(label);
  });

  it("does what it says", async () => {
    const run = vi.fn<() => void>();
    const { one, all } = await renderView(
      chatForTests(),
      <Notice text="Oh." action={{ label: "Try again", run }} />,
    );
    expect(one("[part=notice]").textContent).toBe("Oh.Try again");
    expect(all("button")).toHaveLength(1);
    await does(() => one("button").click());
    expect(run).toHaveBeenCalledOnce();
  });

  it("is disabled as long as the proxy asks for", async () => {
    vi.useFakeTimers();
    const run = vi.fn<() => void>();
    const { one } = await renderView(
      chatForTests(),
      <Notice text="Wait." action={{ label: "Try again", run }} wait={20} />,
    );
    expect(one("button").getAttribute("aria-disabled")).toBe("true");
    await does(() => one("button").click());
    expect(run).not.toHaveBeenCalled();
    await does(() => {
      vi.advanceTimersByTime(20_000);
    });
    expect(one("button").getAttribute("aria-disabled")).toBe("false");
    await does(() => one("button").click());
    expect(run).toHaveBeenCalledOnce();
  });
});

it("a problem outside any turn is shown above the composer until it is dismissed", async () => {
  const chat = chatForTests();
  const { all, named, place } = await renderView(chat, <ProblemNotice />);
  expect(all("[part=notice]")).toHaveLength(0);
  await does(() => {
    chat.conversation.problem.value = { code: "offline" };
  });
  expect(place.textContent).toContain("You seem to be offline.");
  await does(() => named("Dismiss").click());
  expect(chat.conversation.dismissProblem).toHaveBeenCalledOnce();
});

it("a problem outside any turn has a retry button where a retry is possible", async () => {
  const chat = chatForTests();
  const again = vi.fn<() => void>();
  chat.conversation.problem.value = { code: "unreachable", again };
  const { named } = await renderView(chat, <ProblemNotice />);
  await does(() => named("Try again").click());
  expect(again).toHaveBeenCalledOnce();
});
