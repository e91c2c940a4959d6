/** Contrast of texts and icons against their background, measured in the painted page. */
import type { Page } from "playwright-core";

/** Elements with too little contrast: 4.5 to 1 for text (WCAG 1.4.3), 3 to 1 for icons and the focus ring (1.4.11). */
export function tooPale(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Color = [red: number, green: number, blue: number, alpha: number];
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const read = (css: string): Color => {
      if (!canvas) throw new Error("There is no canvas to read colours with.");
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (top: Color, below: Color): Color => {
      const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const ground = (element: Element | null): Color => {
      if (!element) return [255, 255, 255, 1];
      const own = read(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, ground(element.parentElement));
    };
    const light = (color: Color) => {
      const [red = 0, green = 0, blue = 0] = color.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: Color, other: Color) => {
      const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    };
    const opacity = (element: Element | null): number =>
      element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;

    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    return [...(root?.querySelectorAll<HTMLElement | SVGElement>(".launcher, .panel *") ?? [])].flatMap(
      (element) => {
        const hasWords = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        const isPictogram = element instanceof SVGElement && element.localName === "svg";
        const isField = element.localName === "textarea";
        if (!hasWords && !isPictogram && !isField) return [];
        if (element.closest("[aria-disabled=true], .unseen, :disabled")) return [];
        // Elements that are hidden until they are hovered have the colours of visible ones.
        if (!element.checkVisibility({ visibilityProperty: true }) || opacity(element) === 0) return [];
        const behind = ground(element);
        const style = getComputedStyle(element, isField ? "::placeholder" : undefined);
        const own = read(style.color);
        const seen = over([own[0], own[1], own[2], own[3] * opacity(element)], behind);
        const found = contrast(seen, behind);
        const name = `${element.localName}.${element.getAttribute("class") ?? element.getAttribute("part")}`;
        return found < (isPictogram ? 3 : 4.5) ? [`${name}: ${found.toFixed(2)}`] : [];
      },
    );
  });
}
