import { expect, it } from "vitest";
import { createUnreadBadge } from "./unread-badge.ts";

function frame() {
  const element = document.createElement("div");
  const launcher = document.createElement("button");
  launcher.className = "launcher";
  launcher.setAttribute("aria-label", "Guide");
  element.append(launcher);
  const unread = createUnreadBadge(element);
  return { element, launcher, unread, number: () => element.querySelector(".unread")?.textContent };
}

it("unread answers are a number on the button and part of its name, announced as a status", () => {
  const { element, launcher, unread, number } = frame();
  const status = element.querySelector("[role=status]");
  expect(status?.textContent).toBe("");
  unread.show(2, "2 unread answers");
  expect(number()).toBe("2");
  expect(status?.textContent).toBe("2 unread answers");
  const named = (launcher.getAttribute("aria-labelledby") ?? "").split(" ");
  expect(named.map((id) => element.querySelector(`#${id}`))).toEqual([launcher, status]);
  unread.show(12, "12 unread answers");
  expect(number()).toBe("9+");
});

it("the badge is removed once they are read", () => {
  const { element, launcher, unread, number } = frame();
  unread.show(1, "1 unread answer");
  unread.show(0, "0 unread answers");
  expect(number()).toBeUndefined();
  expect(element.textContent).toBe("");
  expect(launcher.hasAttribute("aria-labelledby")).toBe(false);
});

it("a chat without a launcher has no badge", () => {
  const element = document.createElement("div");
  createUnreadBadge(element).show(1, "1 unread answer");
  expect(element.childElementCount).toBe(0);
});
