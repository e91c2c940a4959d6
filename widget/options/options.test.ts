import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOption } from "./read-option.ts";
import { optionNames, optionRows } from "./docs.ts";
import { contactOptions } from "./contact-options.ts";
import { lazyOptions } from "./lazy-options.ts";
import { starterOptions } from "./starter-options.ts";
import { bootOptions, panelOptions } from "./table.ts";

const table = { ...bootOptions, ...panelOptions, ...starterOptions, ...contactOptions, ...lazyOptions };

function parse(given: Record<string, unknown>) {
  const warnings: string[] = [];
  const read = Object.entries(table).map(([name, option]) => [
    name,
    readOption<unknown>(
      name,
      option,
      (said) => given[said],
      (sentence) => warnings.push(sentence),
    ),
  ]);
  return { options: Object.fromEntries(read), warnings };
}

describe("options", () => {
  it("have their defaults when none is set", () => {
    const { options, warnings } = parse({});
    expect(warnings).toEqual([]);
    expect(options).toMatchObject({
      agent: "default",
      mode: "floating",
      position: "right",
      color: null,
      open: false,
    });
    expect(Object.keys(options).sort()).toEqual([...optionNames].sort());
  });

  it("are read from attributes", () => {
    const { options, warnings } = parse({
      agent: " support ",
      color: "#ABC",
      mode: "Inline",
      open: "",
      offset: "12px",
      starters: "What is it? | What does it cost?|",
      proxy: "https://chat.example.com",
    });
    expect(warnings).toEqual([]);
    expect(options).toMatchObject({
      agent: "support",
      color: "rgb(170,187,204)",
      mode: "inline",
      open: true,
      offset: 12,
      starters: ["What is it?", "What does it cost?"],
      proxy: "https://chat.example.com",
    });
  });

  it("are read from scripts and JSON, where values have types", () => {
    const { options, warnings } = parse({ open: false, offset: 0, starters: ["One | two"], avatar: null });
    expect(warnings).toEqual([]);
    expect(options).toMatchObject({ open: false, offset: 0, starters: ["One | two"], avatar: null });
    expect(parse({ starters: '["a","b"]' }).options.starters).toEqual(["a", "b"]);
  });

  it("keep the default in place of an invalid value, and the owner is warned once for each", () => {
    const bad = {
      mode: "popup",
      color: "blurple",
      offset: "-4",
      open: "perhaps",
      starters: "[broken",
      proxy: "chat.example.com",
      avatar: "javascript:alert(1)",
      title: "x".repeat(10_000),
    };
    const { options, warnings } = parse(bad);
    expect(options).toEqual(parse({}).options);
    expect(warnings).toHaveLength(Object.keys(bad).length);
    for (const name of Object.keys(bad))
      expect(warnings.filter((each) => each.startsWith(name))).toHaveLength(1);
    for (const warning of warnings) expect(warning.length).toBeLessThan(120);
  });

  it("never throw, for any attribute value", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...optionNames),
          fc.anything({ withBigInt: true, withNullPrototype: true }),
        ),
        (given) => {
          expect(Object.keys(parse(given).options)).toHaveLength(optionNames.length);
        },
      ),
    );
  });
});

describe("the table of options in the documentation", () => {
  it("has a row and a sentence for every option", () => {
    const rows = optionRows();
    expect(rows).toHaveLength(optionNames.length);
    for (const [attribute, takes, , sentence] of rows) {
      expect(attribute).toMatch(/^`data-[a-z]+`$/);
      expect(takes).not.toBe("");
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("says what values an option takes and its default", () => {
    const row = optionRows().find(([attribute]) => attribute === "`data-mode`");
    expect(row?.slice(1, 3)).toEqual(["`floating`, `inline`, `side`, `full`", "`floating`"]);
  });
});
