import { expect, it } from "vitest";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { chatForTests, does, renderView, profileWith } from "../testing/chat.tsx";
import { Welcome } from "./welcome.tsx";

it("greets, and says that the visitor talks to a machine", async () => {
  const { place } = await renderView(chatForTests(), <Welcome />);
  expect(place.textContent).toContain("How can I help?");
  expect(place.textContent).toContain("You are talking to an AI");
  expect(place.textContent).not.toContain("Try asking");
});

it("asks a starter when it is chosen", async () => {
  const chat = chatForTests();
  chat.starters.value = ["What does it cost?", "Is it safe?"];
  const { all, named, place } = await renderView(chat, <Welcome />);
  expect(place.textContent).toContain("Try asking");
  expect(all("[part=starter]").map((starter) => starter.textContent)).toEqual(chat.starters.value);
  await does(() => named("Is it safe?").click());
  expect(chat.conversation.ask).toHaveBeenCalledExactlyOnceWith("Is it safe?");
});

it("uses the owner's texts where there are some", async () => {
  const chat = chatForTests();
  chat.starters.value = ["Hi"];
  chat.profile.value = profileWith({
    texts: { ...noTexts, tryAsking: "Popular", disclosure: "Ada is a program." },
  });
  const { place } = await renderView(chat, <Welcome />);
  expect(place.textContent).toContain("Popular");
  expect(place.textContent).toContain("Ada is a program.");
  expect(place.textContent).not.toContain("You are talking to an AI");
});
