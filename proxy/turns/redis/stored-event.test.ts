/** Tests of stored events, of this version and of others. */
import { expect, it } from "vitest";
import { storedEvent, writeStored, type Seal } from "./stored-event.ts";
import { Turn } from "../turn.ts";

const seal: Seal = {
  seal: (text) => `sealed ${text}`,
  open: (sealed) => (sealed.startsWith("sealed ") ? sealed.slice("sealed ".length) : null),
};

it("a stored event is read unchanged", () => {
  const turn = new Turn({ prompt: "When?" });
  const opened = { conversation: "c", visitor: "v" };
  expect(writeStored(storedEvent({ event: "conversation", data: opened }, seal), turn, seal)).toBe(true);
  expect(writeStored(storedEvent({ event: "delta", data: { text: "At 7" } }, seal), turn, seal)).toBe(true);
  expect(writeStored(storedEvent({ event: "done", data: { message: "m" } }, seal), turn, seal)).toBe(true);
  expect([turn.opened, turn.log.text, turn.ending]).toEqual([
    opened,
    "At 7",
    { kind: "answered", message: "m" },
  ]);
});

it.each([
  "",
  "delta",
  "delta {",
  "delta null",
  'delta {"text":5}',
  "citations {}",
  'citations [{"id":1}]',
  'done {"message":7}',
  'problem {"code":"made-up","message":"a"}',
  'conversation {"conversation":"c","visitor":"v"}',
  "conversation sealed {}",
  'later {"text":"a"}',
])("%j is an invalid event, and throws no uncaught error", (stored) => {
  const turn = new Turn({ prompt: "When?" });
  expect(writeStored(stored, turn, seal)).toBe(false);
  expect([turn.log.count, turn.ending]).toEqual([0, null]);
});
