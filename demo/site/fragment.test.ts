/** Tests of the parser of page fragments. */
import { describe, expect, it } from "vitest";
import { readFragment } from "./fragment.ts";

const opening = "<!--\ntitle: Sheep\ndescription: About sheep: what they eat.\n-->\n";

describe("a page's fragment", () => {
  it("gives its title and description from the opening comment, colons included", () => {
    expect(readFragment(opening)).toMatchObject({
      title: "Sheep",
      description: "About sheep: what they eat.",
      content: "",
    });
  });

  it("gets headings that can be linked to, and lists those of the second level", () => {
    const { content, sections } = readFragment(
      `${opening}<h1>Sheep</h1><h2>What's a sheep's <em>food</em>?</h2><h3>Grass &amp; hay</h3>`,
    );
    expect(content).toBe(
      `<h1>Sheep</h1><h2 id="whats-a-sheeps-food">What's a sheep's <em>food</em>?</h2><h3 id="grass-hay">Grass &amp; hay</h3>`,
    );
    expect(sections).toEqual([{ id: "whats-a-sheeps-food", text: "What's a sheep's <em>food</em>?" }]);
  });

  it("is refused when it does not say what it is about", () => {
    expect(() => readFragment("<h1>Sheep</h1>")).toThrow('lacks "title:"');
    expect(() => readFragment("<!--\ntitle: Sheep\n--><h1>Sheep</h1>")).toThrow('lacks "description:"');
  });

  it("is refused when two headings could not be told apart in a link", () => {
    expect(() => readFragment(`${opening}<h2>Wool</h2><h3>Wool?</h3>`)).toThrow('"wool"');
  });
});
