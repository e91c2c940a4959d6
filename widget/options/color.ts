/** Colours as numbers: reading the owner's colour, and finding shades of it that can be read. */

/** Red, green and blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

export type Accent = {
  /** The owner's colour, for surfaces. */
  accent: string;
  /** White or black, whichever can be read on the accent: at least 4.5:1. */
  onAccent: string;
};

export type Palette = Accent & {
  /** The accent as text on a light surface: darkened until it has 4.5:1. */
  accentLight: string;
  /** The accent as text on a dark surface: lightened until it has 4.5:1. */
  accentDark: string;
};

/** Colour of the chat when none is chosen. */
const usualAccent: Color = [51, 85, 221];

const white: Color = [255, 255, 255];
const black: Color = [0, 0, 0];

// Surfaces of the view are at least this light and at least this dark, tinted bubbles included.
const lightSurface: Color = [240, 242, 246];
const darkSurface: Color = [44, 47, 54];

/** WCAG 2.2's AA level for text. */
const readable = 4.5;

/** Reads `#rgb`, `#rrggbb`, `rgb(1, 2, 3)` and `rgb(1 2 3)`; null for anything else. */
export function readColor(text: string): Color | null {
  const long = text.trim().replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
  const digits = /^#(..)(..)(..)$/.exec(long);
  const numbers = digits ?? /^rgb\( *(\d+)[ ,]+(\d+)[ ,]+(\d+) *\)$/i.exec(long);
  const [red = 256, green = 256, blue = 256] =
    numbers?.slice(1).map((number) => Number(digits ? `0x${number}` : number)) ?? [];
  // Not true of what is no number.
  return Math.max(red, green, blue) < 256 ? [red, green, blue] : null;
}

/** As CSS writes it: `rgb(1,2,3)`. */
export const writeColor = (color: Color): string => `rgb(${color.join()})`;

/** One part of a colour, 0 to 255, as linear light. */
const linear = (part: number) => (part > 10.3 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6);

/** Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance"). */
const luminance = ([red, green, blue]: Color) =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: Color, other: Color): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour, moved towards black or white in small steps until it can be read on the surface. */
function readableOn(surface: Color, color: Color, towards: Color): Color {
  for (let step = 0; step < 20; step++) {
    const [red, green, blue] = color.map((part, index) =>
      Math.round(part + (((towards[index] ?? 0) - part) * step) / 20),
    );
    const mixed: Color = [red ?? 0, green ?? 0, blue ?? 0];
    if (contrast(mixed, surface) >= readable) return mixed;
  }
  return towards;
}

/** A surface and its text, of the usual colour when the text is no colour. */
export function accentOf(text: string): Accent {
  const accent = readColor(text) ?? usualAccent;
  // Where white has less than 4.5:1, black has more.
  const isLight = luminance(accent) > 1.05 / readable - 0.05;
  return { accent: writeColor(accent), onAccent: isLight ? "#000" : "#fff" };
}

/** All shades the chat needs of one colour. */
export function paletteOf(text: string): Palette {
  const accent = readColor(text) ?? usualAccent;
  return {
    ...accentOf(text),
    accentLight: writeColor(readableOn(lightSurface, accent, black)),
    accentDark: writeColor(readableOn(darkSurface, accent, white)),
  };
}
