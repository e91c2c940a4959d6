/** Doubles the chat's text size only, as the text size setting of a browser or phone does. */
import type { Page } from "playwright-core";

export function doubleText(page: Page): Promise<void> {
  return page.evaluate(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const elements = [...(root?.querySelectorAll<HTMLElement>(".panel, .panel *") ?? [])].filter(
      (element) => element instanceof HTMLElement,
    );
    // Reverted first, so that elements added since then are not doubled twice.
    for (const { style } of elements) style.fontSize = style.lineHeight = "";
    const all = elements.map((element) => {
      const { fontSize, lineHeight } = getComputedStyle(element);
      return { element, size: fontSize, line: lineHeight };
    });
    for (const { element, size, line } of all) {
      element.style.fontSize = `${Number.parseFloat(size) * 2}px`;
      if (line.endsWith("px")) element.style.lineHeight = `${Number.parseFloat(line) * 2}px`;
    }
  });
}

/** Elements with text that is cut off and cannot be reached; a deliberate "…" has its whole text elsewhere. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const panel = root?.querySelector(".panel")?.getBoundingClientRect();
    return [...(root?.querySelectorAll<HTMLElement>(".panel *") ?? [])].flatMap((element) => {
      if (!(element instanceof HTMLElement) || element.closest(".unseen, pre, .table, textarea") || !panel)
        return [];
      if (!element.checkVisibility({ visibilityProperty: true })) return [];
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const name = `${element.localName}.${element.className || (element.getAttribute("part") ?? "")}`;
      const endsInDots = (each: Element | null): boolean =>
        each !== null &&
        (getComputedStyle(each).textOverflow === "ellipsis" || endsInDots(each.parentElement));
      if (endsInDots(element)) return [];
      const isBeside = box.width > 1 && (box.left < panel.left - 1 || box.right > panel.right + 1);
      const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
      const isCut =
        style.webkitLineClamp === "none" &&
        ((hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1));
      return isBeside || isCut
        ? [
            `${name} ${isBeside ? "stands beside the panel" : "is cut off"}: ${element.textContent.slice(0, 40)}`,
          ]
        : [];
    });
  });
}
