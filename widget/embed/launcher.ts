/** Launcher: the round button with its speech bubble, built without Preact and painted in the agent's colour. */
import { fetchProfile } from "../browser/api/fetch-agent.ts";
import { hostStyles, textIn } from "./host-styles.ts";
import type { Mount } from "./types.ts";
import { warn } from "./warn.ts";

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
function showPicture(launcher: Element, address: string): void {
  const image = new Image(56, 56);
  image.alt = "";
  image.src = address;
  image.addEventListener("load", () => launcher.replaceChildren(image));
}

/** Shows the options, the agent's profile and the state of the panel. */
export function paint(mount: Mount): void {
  const { option, agentProfile, launcherButton } = mount;
  mount.settings.replaceSync(hostStyles(option, textIn(agentProfile, "color")));
  const name = option("label") ?? option("title") ?? (textIn(agentProfile, "title") || "Chat");
  launcherButton.setAttribute("aria-label", launcherButton.title || name);
  launcherButton.setAttribute("aria-expanded", `${mount.isShown}`);
}

/** Shows the button, which is hidden until its colour is known. */
export function reveal(mount: Mount): void {
  mount.launcherButton.className = "launcher";
}

/** Fetches the agent's profile and shows it; explains to the site's owner why it could not be fetched. */
export async function loadProfile(mount: Mount): Promise<unknown> {
  const fetched = await fetchProfile(mount.fetch, mount.proxy, mount.agent);
  if (fetched) {
    mount.agentProfile = fetched;
    paint(mount);
    const picture = textIn(fetched, "launcherPicture");
    if (picture) showPicture(mount.launcherButton, mount.proxy + picture);
  } else {
    mount.fetching = null;
    mount.entryOptions
      .load()
      .then((module) => module.explain(mount, mount.agent))
      .then(warn, warn);
  }
  reveal(mount);
  return fetched;
}
