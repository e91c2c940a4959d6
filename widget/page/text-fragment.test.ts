/** The addresses that browsers open at the passage by themselves. */
import { expect, it } from "vitest";
import { withFragment } from "./text-fragment.ts";

const to = (address: string, ...said: string[]) => withFragment(address, { said, about: null });

it("names a short sentence whole, without the signs around it", () => {
  expect(to("https://a.example/b", "“It costs nothing at all.”")).toBe(
    "https://a.example/b#:~:text=It%20costs%20nothing%20at%20all",
  );
});

it("names a long one by its ends, so that a word between them may differ", () => {
  const long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
  expect(to("https://a.example/b", long)).toBe(
    "https://a.example/b#:~:text=one%20two%20three%20four%20five,ten%20eleven%20twelve%20thirteen%20fourteen",
  );
});

it("keeps signs that mean something in a fragment from meaning it", () => {
  expect(to("https://a.example/b", "well-known, red & blue")).toBe(
    "https://a.example/b#:~:text=well%2Dknown%2C%20red%20%26%20blue",
  );
});

it("keeps the hash an address has, and three sentences at most; the description comes last", () => {
  const address = withFragment("https://a.example/b?c=d#e", {
    said: ["one is the first", "two is the second"],
    about: "about all of this",
  });
  expect(address).toBe(
    "https://a.example/b?c=d#e:~:text=one%20is%20the%20first&text=two%20is%20the%20second&text=about%20all%20of%20this",
  );
});

it("leaves an address alone when there is nothing to look for, or somebody has said already what to show", () => {
  expect(to("https://a.example/b", "Yes.", "")).toBe("https://a.example/b");
  expect(to("https://a.example/b#:~:text=x", "It costs nothing.")).toBe("https://a.example/b#:~:text=x");
});
