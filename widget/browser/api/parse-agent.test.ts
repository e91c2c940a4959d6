import { expect, it } from "vitest";
import { parseProfile } from "./parse-agent.ts";

it("keeps the owner's titles, and replaces the service's defaults by texts in the visitor's language", () => {
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

it("uses defaults for missing and invalid values", () => {
  for (const given of [null, "no", { title: 7, starters: "one", texts: [] }])
    expect(parseProfile(given)).toMatchObject({ title: "", starters: [], feedback: false, citations: true });
});
