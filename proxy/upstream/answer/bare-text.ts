/** Decision whether frames without JSON are the answer's text or noise between JSON frames. */

/**
 * Some services stream plain text, others send a broken frame between JSON frames. A single plain frame can be either,
 * so it waits: for a second one (then all are text), for a JSON frame with text (then it was noise), or for the end.
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
    /** A JSON frame contained text. */
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
