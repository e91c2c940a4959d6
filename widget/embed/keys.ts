/** Keeps what happens in our fields from the page's shortcuts and focus traps. */

const keyEvents = ["keydown", "keyup", "keypress", "beforeinput", "input", "paste", "copy", "cut", "focusin"];

/** Events inside still arrive there; they only go no further than the host, until the returned function is called. */
export function keepKeys(host: HTMLElement): () => void {
  const stop = (event: Event) => event.stopPropagation();
  for (const type of keyEvents) host.addEventListener(type, stop);
  return () => {
    for (const type of keyEvents) host.removeEventListener(type, stop);
  };
}
