/** Tests of URLs that browsers open at a passage. */
import { expect, it } from "vitest";
import { withFragment } from "./text-fragment.ts";

const to = (address: string, ...said: string[]) => withFragment(address, { said, about: null });

it("contains a short sentence completely, without the punctuation around it", () => {
  expect(to("https://a.example/b", "“It costs nothing at all.”")).toBe(
    "https://a.example/b#:~:text=It%20costs%20nothing%20at%20all",
  );
});

it("contains the start and end of a long one, so that a word between them may differ", () => {
  const long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
  expect(to("https://a.example/b", long)).toBe(
    "https://a.example/b#:~:text=one%20two%20three%20four%20five,ten%20eleven%20twelve%20thirteen%20fourteen",
  );
});

it("escapes characters with a meaning in a fragment", () => {
  expect(to("https://a.example/b", "well-known, red & blue")).toBe(
    "https://a.example/b#:~:text=well%2Dknown%2C%20red%20%26%20blue",
  );
});

it("keeps the URL's hash, and has at most three sentences; the description is last", () => {
  const address = withFragment("https://a.example/b?c=d#e", {
    said: ["one is the first", "two is the second"],
    about: "about all of this",
  });
  expect(address).toBe(
    "https://a.example/b?c=d#e:~:text=one%20is%20the%20first&text=two%20is%20the%20second&text=about%20all%20of%20this",
  );
});

it("changes no URL without words to search for, or with a directive of its own", () => {
  expect(to("https://a.example/b", "Yes.", "")).toBe("https://a.example/b");
  expect(to("https://a.example/b#:~:text=x", "It costs nothing.")).toBe("https://a.example/b#:~:text=x");
});
