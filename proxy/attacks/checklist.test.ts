/** Agreement of SECURITY.md's checklist, the attack tests and the list of guards to remove. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mutations } from "../../.commands/mutations.js";

type Row = { line: number; guards: string; tests: string[] };

const rows: readonly Row[] = readFileSync("SECURITY.md", "utf8")
  .split("\n")
  .flatMap((text) => {
    const [, line, , guards = "", proof = ""] = /^\| (\d+) \|(.*?)\|(.*?)\|(.*?)\|$/.exec(text) ?? [];
    const tests = Array.from(proof.matchAll(/`([^`]+\.test\.ts)`/g), ([, file]) => `proxy/${file}`);
    return line === undefined ? [] : [{ line: Number(line), guards, tests }];
  });

describe("SECURITY.md's checklist", () => {
  it("has a row for each attack, in order and none twice", () => {
    const lines = rows.map(({ line }) => line);
    expect(lines.length).toBeGreaterThanOrEqual(55);
    expect(lines).toEqual([...new Set(lines)].toSorted((one, other) => one - other));
  });

  it("names existing tests and, for attacks, tests that carry the row's number", () => {
    const wrong = rows.flatMap(({ line, tests }) => {
      const missing = tests.filter((file) => !existsSync(file));
      const attacks = tests.filter((file) => file.startsWith("proxy/attacks/") && existsSync(file));
      const silent = attacks.filter((file) => !new RegExp(`"${line}: `).test(readFileSync(file, "utf8")));
      return [...missing, ...silent].map((file) => `${line}: ${file}`);
    });
    expect(wrong).toEqual([]);
  });

  it("says for each attack which test proves it, or why none can", () => {
    expect(rows.filter(({ guards, tests }) => tests.length === 0 && guards.trim().length < 40)).toEqual([]);
  });

  it("has a guard to remove for each row that has a test, or says that there is none to remove", () => {
    const removed = new Set(mutations.map(({ line }) => line));
    const neither = rows.filter(
      ({ line, guards }) => removed.has(line) === guards.includes("nothing to remove"),
    );
    expect(neither.map(({ line }) => line)).toEqual([]);
  });
});

describe("SECURITY.md's table for WordPress' relay", () => {
  const [, section = ""] = readFileSync("SECURITY.md", "utf8").split("## Relay in WordPress");
  const states = Array.from(
    section.matchAll(/^\| (\d+) \| (holds|by rule|weaker|not applicable) \| (.+) \|$/gm),
    ([, line, state, why = ""]) => ({ line: Number(line), state, why }),
  );

  it("says of each line whether it holds there, once", () => {
    expect(states.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
  });

  it("names a test for each line that holds, which carries the line's number where it is an attack", () => {
    const wrong = states.flatMap(({ line, state, why }) => {
      const files = Array.from(
        why.matchAll(/`([\w-]+\.wp\.ts)`/g),
        ([, file]) => `widget/wordpress/relay/${file}`,
      );
      const bad = files.filter((file) => {
        const names = existsSync(file) ? readFileSync(file, "utf8") : "";
        return (
          names === "" ||
          (file.endsWith("/attacks.wp.ts") &&
            state === "holds" &&
            !new RegExp(`"(\\d+, )*${line}(, \\d+)*: `).test(names))
        );
      });
      return state === "holds" && files.length === 0 ? [String(line)] : bad.map((file) => `${line}: ${file}`);
    });
    expect(wrong).toEqual([]);
  });
});

it.each(mutations)(
  "the guard to remove for $line ($removes) is in $file once, and its test exists",
  ({ file, find, test, name = "" }) => {
    expect(readFileSync(file, "utf8").split(find)).toHaveLength(2);
    expect(readFileSync(test, "utf8")).toMatch(new RegExp(name));
  },
);
