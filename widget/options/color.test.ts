import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, paletteOf, readColor, writeColor } from "./color.ts";
import type { Color } from "./color.ts";

const part = fc.integer({ min: 0, max: 255 });
const anyColor = fc.tuple(part, part, part);

function read(text: string): Color {
  const color = readColor(text);
  if (!color) throw new Error(`${text} is no colour`);
  return color;
}

describe("an owner's colour", () => {
  it("is read in each of the ways it is usually written", () => {
    for (const written of ["#7a3cff", "#7A3CFF", " #7a3cff ", "rgb(122, 60, 255)", "rgb(122 60 255)"])
      expect(readColor(written)).toEqual([122, 60, 255]);
    expect(readColor("#7af")).toEqual([0x77, 0xaa, 0xff]);
  });

  it("is refused in any other form", () => {
    for (const written of ["", "7a3cff", "#7a3cf", "#7a3cffff", "rgb(256,0,0)", "red;}", "rgb(1,2)", "#ggg"])
      expect(readColor(written)).toBeNull();
  });

  it("comes back as it was written", () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        expect(readColor(writeColor(color))).toEqual(color);
      }),
    );
  });

  it("has the contrast that WCAG's own examples have", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([118, 118, 118], [255, 255, 255])).toBeCloseTo(4.54, 2);
    expect(contrast([255, 0, 0], [255, 255, 255])).toBeCloseTo(4.0, 1);
  });
});

describe("text in or on an owner's colour", () => {
  it("has enough contrast, in light and dark", () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        const palette = paletteOf(writeColor(color));
        expect(contrast(read(palette.accent), read(palette.onAccent))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(read(palette.accentLight), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
        expect(contrast(read(palette.accentLight), read("#f0f2f6"))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(read(palette.accentDark), read("#16181d"))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(read(palette.accentDark), read("#2c2f36"))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("keeps the owner's colour where its contrast is enough", () => {
    expect(paletteOf("#1a4fd6")).toMatchObject({
      accent: "rgb(26,79,214)",
      onAccent: "#fff",
      accentLight: "rgb(26,79,214)",
    });
    expect(paletteOf("#ffd400")).toMatchObject({ onAccent: "#000", accentDark: "rgb(255,212,0)" });
  });

  it("falls back to the default colour when there is none", () => {
    expect(paletteOf("no colour").accent).toBe("rgb(51,85,221)");
  });
});
