/** Tests that the JSON object and the stream have the same content. */
import { expect, it } from "vitest";
import { Turn } from "./turn.ts";

const read = (turn: Turn): unknown =>
  JSON.parse(new TextDecoder().decode(turn.whole({ turn: "t", conversation: "asked" })));

it("an answer is complete for any text and any pieces", () => {
  const text = 'A "quoted" \\ line\nanother, é 語 🥐 and { "text": "}" }';
  const turn = new Turn({ prompt: "a" });
  for (const unit of text.split("")) turn.write(unit);
  const citation = { id: "1", title: "Hours", url: null, description: null, image: null };
  turn.cite([citation]);
  turn.finish("m");
  expect(read(turn)).toEqual({
    conversation: "asked",
    turn: "t",
    message: "m",
    answer: text,
    citations: [citation],
  });
});

it("a new conversation's answer contains its id and the visitor's token", () => {
  const turn = new Turn({ prompt: "a" });
  turn.open({ conversation: "new", visitor: "token" });
  turn.stop();
  expect(read(turn)).toEqual({
    conversation: "new",
    visitor: "token",
    turn: "t",
    message: null,
    answer: "",
    citations: [],
  });
});
