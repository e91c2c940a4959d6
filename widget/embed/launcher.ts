/** Launcher: the round button with its speech bubble, built without Preact. */

const svg = "http://www.w3.org/2000/svg";
const bubble = "M3 4h18v13h-9l-5 4v-4H3z";

/** The button's name after a failure. In English only: the other languages are in the file that could not be fetched. */
export const unavailable = "The chat cannot be loaded. Try again";

/** Calls `press` on a click, and `reach` as soon as the pointer or the focus is on the button. */
export function createLauncher(press: () => void, reach: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  const icon = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", bubble);
  icon.append(path);
  button.className = "launcher unknown";
  button.setAttribute("part", "launcher");
  button.append(icon);
  button.addEventListener("click", press);
  for (const intent of ["pointerenter", "focus"]) button.addEventListener(intent, reach);
  return button;
}

/** Replaces the bubble by the owner's picture once that is loaded. */
export function showPicture(launcher: Element, address: string): void {
  const image = new Image(56, 56);
  image.alt = "";
  image.src = address;
  image.addEventListener("load", () => launcher.replaceChildren(image));
}
