import { expect, it } from "vitest";
import { AnswerActions } from "./answer-actions.tsx";
import { chatForTests, does, renderView, press, turnWith } from "../testing/chat.tsx";

/** Answer that renders again with each rating. */
async function rating(reaction: "neutral" | "disliked" = "neutral") {
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith({ reaction })];
  chat.conversation.rate.mockImplementation((id, next) => {
    chat.conversation.finished.value = chat.conversation.finished.value.map((turn) =>
      turn.id === id ? { ...turn, reaction: next } : turn,
    );
  });
  function Turn() {
    return (
      <div part="message">
        {chat.conversation.finished.value.map((turn) => (
          <AnswerActions key={turn.id} turn={turn} />
        ))}
      </div>
    );
  }
  const view = await renderView(chat, <Turn />);
  const thumb = async (name: "Bad answer" | "Good answer") => {
    await does(() => view.named(name).click());
    const opens = name === "Bad answer" && view.named(name).getAttribute("aria-pressed") === "true";
    await expect.poll(() => !opens || view.one(".choices")).toBeTruthy();
  };
  return { chat, thumb, ...view };
}

it("a thumb down opens the form, and a reason with a text is sent once", async () => {
  const { chat, thumb, one, named } = await rating();
  await thumb("Bad answer");
  expect(chat.conversation.rate).toHaveBeenCalledWith("turn-1", "disliked");
  expect(one("fieldset").textContent).toContain("What was wrong with it?");
  expect(named("Send").getAttribute("aria-disabled")).toBe("true");
  await does(() => named("Hard to understand").click());
  await does(() => named("Something is missing").click());
  expect(named("Hard to understand").getAttribute("aria-pressed")).toBe("false");
  const field = one("input");
  if (!(field instanceof HTMLInputElement)) throw new Error("no field");
  await does(() => {
    field.value = " And on Sunday? ";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await does(() => {
    named("Send").click();
    named("Send").click();
  });
  expect(chat.explain).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: "turn-1" }), {
    reason: "incomplete",
    words: "And on Sunday?",
  });
  expect(one(".sent").textContent).toBe("Thank you for telling us.");
  expect(document.activeElement).toBe(one(".sent"));
});

it("nothing is sent when the form is ignored or dismissed, or the choice undone", async () => {
  const { chat, thumb, all, named } = await rating();
  await thumb("Bad answer");
  await does(() => named("Send").click());
  await does(() => named("Dismiss").click());
  expect(all(".feedback-form")).toHaveLength(0);
  expect(document.activeElement).toBe(named("Bad answer"));
  expect(named("Bad answer").getAttribute("aria-pressed")).toBe("true");

  await thumb("Bad answer");
  expect(chat.conversation.rate).toHaveBeenLastCalledWith("turn-1", "neutral");
  await thumb("Bad answer");
  expect(all(".feedback-form")).toHaveLength(1);
  await thumb("Good answer");
  expect(all(".feedback-form")).toHaveLength(0);
  expect(chat.explain).not.toHaveBeenCalled();
});

it("Escape closes the form and leaves the chat open", async () => {
  const { thumb, all, one, named } = await rating();
  await thumb("Bad answer");
  const event = await press(one("input"), "Escape");
  expect(event.defaultPrevented).toBe(true);
  expect(all(".feedback-form")).toHaveLength(0);
  expect(document.activeElement).toBe(named("Bad answer"));
});

it("the form is not shown for an answer that was rated earlier", async () => {
  expect((await rating("disliked")).all(".feedback-form")).toHaveLength(0);
});

it("a reason that could not be sent is kept, and can be sent again", async () => {
  const { chat, thumb, one, named } = await rating();
  chat.explain.mockResolvedValueOnce({ code: "offline" });
  await thumb("Bad answer");
  await does(() => named("It is not true").click());
  await does(() => named("Send").click());
  expect(one("[role=alert]").textContent).toContain("You seem to be offline.");
  await does(() => named("Send").click());
  expect(chat.explain).toHaveBeenCalledTimes(2);
  expect(one(".sent").textContent).toBe("Thank you for telling us.");
});
