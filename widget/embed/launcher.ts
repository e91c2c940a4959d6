/** The round button: opens the chat, closes it again on large screens, and takes on the agent's colour. */

export type Launcher = {
  readonly button: HTMLButtonElement;
  /** Its name for screen readers. The same open and closed: whether it is open, `aria-expanded` says. */
  name(name: string): void;
  /** Shows the owner's own picture instead of the speech bubble. */
  picture(address: string): void;
  expand(open: boolean): void;
  busy(busy: boolean): void;
  /** Its colour is known now, or nobody waits for it any longer. */
  reveal(): void;
};

const svg = "http://www.w3.org/2000/svg";
const bubble = "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";
const cross = "M6 6l12 12M18 6L6 18";

function icon(line: string): SVGSVGElement {
  const picture = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", line);
  picture.append(path);
  return picture;
}

export function createLauncher(press: () => void, reach: () => void): Launcher {
  const button = document.createElement("button");
  let shown = "";
  const flag = (name: string, on: boolean) => button.setAttribute(name, `${on}`);
  button.type = "button";
  button.className = "launcher unknown";
  button.setAttribute("part", "launcher");
  button.setAttribute("aria-haspopup", "dialog");
  flag("aria-expanded", false);
  button.append(icon(bubble), icon(cross));
  button.addEventListener("click", press);
  for (const intent of ["pointerenter", "pointerdown", "focus"]) button.addEventListener(intent, reach);
  return {
    button,
    name: (name) => button.setAttribute("aria-label", name),
    picture(address) {
      if (shown === address) return;
      const image = document.createElement("img");
      image.alt = "";
      image.src = shown = address;
      // A picture that does not load leaves the bubble where it was.
      image.addEventListener("load", () => button.firstChild?.replaceWith(image));
    },
    expand: (open) => flag("aria-expanded", open),
    busy: (busy) => flag("aria-busy", busy),
    reveal: () => button.classList.remove("unknown"),
  };
}
