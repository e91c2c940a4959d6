/** Which of an answer's words are looked for on a source's page. */
import { expect, it } from "vitest";
import { chatForTests, citationWith, renderView, turnWith } from "../testing/chat.tsx";
import { quotesFor } from "./citation-quotes.ts";
import { Turn } from "../transcript/turn.tsx";

async function quotes(answer: string, clicked: string): Promise<string[]> {
  const turn = turnWith({ answer, citations: [citationWith("1"), citationWith("2")] });
  const { one } = await renderView(chatForTests(), <Turn turn={turn} last />);
  return quotesFor(one(clicked), "1");
}

const card = "[part=citation]";
const marker = "a.marker";

it("the sentence that a number stands in, or behind", async () => {
  expect(await quotes("It is big. It costs **2.50 €** a day [1], they say. It is red [2].", marker)).toEqual([
    "It costs 2.50 € a day",
  ]);
  expect(await quotes("It is big. It costs nothing. [1] It is red.", marker)).toEqual(["It costs nothing."]);
});

it("the first sentence after a number that stands at the front", async () => {
  expect(await quotes("[1] says it costs nothing. It is red.", marker)).toEqual(["says it costs nothing."]);
});

it("a row's cells, where the number stands in a table", async () => {
  expect(await quotes("| a | b |\n|-|-|\n| Small [1] | 2 € |\n| Red | It costs 3 € [1] |", card)).toEqual([
    "Small",
    "Red It costs 3 €",
  ]);
});

it("for the card, all sentences that bear its number, each once and without the numbers", async () => {
  expect(
    await quotes("It is big [2] and red [1]. It costs nothing [1]. It is big [2] and red [1].", card),
  ).toEqual(["It is big and red", "It costs nothing"]);
});

it("for the card of an answer without numbers, every sentence that says something", async () => {
  expect(await quotes("## Costs\n\nYes. It costs nothing at all.\n\n- It is big and red.", card)).toEqual([
    "It costs nothing at all.",
    "It is big and red.",
  ]);
});
