/** Finder of targets that are too small and too close to others (WCAG 2.5.8). */
import type { Page } from "playwright-core";

/** Names of targets smaller than 24 by 24 px without that much space around them. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const least = 24;
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const targets = [
      ...(root?.querySelectorAll<HTMLElement>(
        "a[href], button, input:not(:disabled), textarea, select, summary, label:has(input), [role=menuitem]",
      ) ?? []),
    ]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }));
    const isSmall = ({ box }: (typeof targets)[number]) => Math.min(box.width, box.height) < least - 0.5;
    /** Targets in a sentence are exempt: they are as high as its line. */
    const isInline = ({ element }: (typeof targets)[number]) =>
      getComputedStyle(element).display === "inline" &&
      (element.parentElement?.textContent.trim().length ?? 0) > element.textContent.trim().length;
    const middle = ({ box }: (typeof targets)[number]) => ({
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
    });
    const isNear = (one: (typeof targets)[number], other: (typeof targets)[number]) => {
      if (one === other || one.element.contains(other.element) || other.element.contains(one.element))
        return false;
      const { x, y } = middle(one);
      const { left, right, top, bottom } = other.box;
      const away = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
      const centres = middle(other);
      const apart = Math.hypot(centres.x - x, centres.y - y);
      return away < least / 2 || (isSmall(other) && apart < least);
    };
    return targets
      .filter((each) => isSmall(each) && !isInline(each) && targets.some((other) => isNear(each, other)))
      .map(
        ({ element, box }) =>
          `${element.ariaLabel ?? (element.title || element.textContent)} ${box.width.toFixed()}x${box.height.toFixed()}`,
      );
  });
}
