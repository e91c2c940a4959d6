/** Launcher of an opened chat: shows a cross while the panel is open. */
import launcherOpenStyles from "./launcher-open.css?inline";

export { launcherOpenStyles };

const cross = "M6 6l12 12M18 6L6 18";

/** Adds the cross beside the speech bubble; the styles show one of them. An owner's own picture stays as it is. */
export function addCross(frame: Element): void {
  frame.querySelector(".launcher")?.setAttribute("aria-haspopup", "dialog");
  const icon = frame.querySelector(".launcher svg");
  const path = icon?.firstElementChild?.cloneNode();
  if (!icon || !(path instanceof Element) || icon.childElementCount > 1) return;
  path.setAttribute("d", cross);
  icon.append(path);
}
