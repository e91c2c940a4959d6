/** Decides whether frames that are not JSON are the answer's text or noise between proper frames. */

/**
 * Some doubles stream bare words, others let a broken frame slip in between proper ones. One bare frame alone can be
 * either, so it waits: for a second one (then all of them are text), for a proper piece (then it was noise), or for
 * the end.
 */
export function createBareText(push: (text: string) => void) {
  let mode: "undecided" | "text" | "noise" = "undecided";
  let waiting = "";

  return {
    read(text: string): void {
      if (mode === "noise") return;
      if (mode === "text") return push(text);
      if (waiting === "") {
        waiting = text;
        return;
      }
      mode = "text";
      push(waiting + text);
      waiting = "";
    },
    /** A proper frame carried text. */
    framesTalk(): void {
      if (mode === "undecided") mode = "noise";
      waiting = "";
    },
    end(): void {
      if (mode === "undecided" && waiting !== "") push(waiting);
      waiting = "";
    },
  };
}
