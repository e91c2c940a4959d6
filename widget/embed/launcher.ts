/** The round button with its speech bubble, drawn by hand. */

const svg = "http://www.w3.org/2000/svg";
const bubble = "M3 4h18v13h-9l-5 4v-4H3z";

/** `press` is called when it is pressed, `reach` as soon as a visitor reaches for it. */
export function createLauncher(press: () => void, reach: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  const icon = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", bubble);
  icon.append(path);
  button.type = "button";
  button.className = "launcher unknown";
  button.setAttribute("part", "launcher");
  button.setAttribute("aria-expanded", "false");
  button.append(icon);
  button.addEventListener("click", press);
  for (const intent of ["pointerenter", "focus"]) button.addEventListener(intent, reach);
  return button;
}
