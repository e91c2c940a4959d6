/** Panel of one chat: opens and closes it, and starts the chat when it is first needed. */
import { paint, unavailable } from "./launcher.ts";
import type { ChatInstance, Mount } from "./types.ts";
import { warn } from "./warn.ts";

async function startChat(mount: Mount): Promise<ChatInstance> {
  const module = await mount.entryOptions.load();
  if (mount.isOver) throw new Error();
  if (!mount.close) mount.launcherButton.remove();
  return (mount.started = module.startChat(mount));
}

/** Calls `use` with the chat once it is started; after a failure, the next call starts it again. */
export function withChat(mount: Mount, use: (chat: ChatInstance) => void): void {
  const { launcherButton } = mount;
  launcherButton.setAttribute("aria-busy", `${!mount.started}`);
  launcherButton.title = "";
  (mount.starting ??= startChat(mount))
    .then(use)
    .catch((error: unknown) => {
      if (mount.isOver) return;
      mount.starting = null;
      launcherButton.title = unavailable;
      warn(`the chat cannot be loaded: ${String(error)}`);
      mount.emit("problem", { code: "unreachable" });
      show(mount, false, false);
      // A chat without a launcher needs a button to retry with, too.
      if (!launcherButton.parentNode) mount.frame.prepend(launcherButton);
    })
    .finally(() => {
      launcherButton.setAttribute("aria-busy", "false");
      paint(mount);
    })
    .catch(warn);
}

/** `focus`: whether the focus may move; only after an action of the visitor. */
export function show(mount: Mount, open: boolean, focus: boolean): void {
  if ((!mount.close && mount.started) || mount.isShown === open) return;
  mount.isShown = open;
  paint(mount);
  mount.emit(open ? "open" : "close", {});
  if (open) withChat(mount, (chat) => chat.show(mount.isShown, focus));
  else mount.started?.show(false, focus);
}

/** Reads the options again after one may have changed. */
export function refresh(mount: Mount): void {
  paint(mount);
  mount.started?.refresh();
  const open = mount.option("open");
  if (open !== mount.openOption) show(mount, (mount.openOption = open), false);
}
