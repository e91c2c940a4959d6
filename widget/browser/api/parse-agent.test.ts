import { expect, it } from "vitest";
import { parseProfile } from "./parse-agent.ts";

it("takes the owner's titles, and leaves those the service filled in to the visitor's language", () => {
  const texts = (given: object) => parseProfile({ texts: given }).texts;
  expect(texts({ sources: "Read more", tryAsking: "Popular" })).toMatchObject({
    sources: "Read more",
    tryAsking: "Popular",
  });
  expect(texts({ sources: "Sources", tryAsking: "Try asking these questions..." })).toMatchObject({
    sources: null,
    tryAsking: null,
  });
});

it("draws plainly what is missing or wrong", () => {
  for (const given of [null, "no", { title: 7, starters: "one", texts: [] }])
    expect(parseProfile(given)).toMatchObject({ title: "", starters: [], feedback: false, citations: true });
});
