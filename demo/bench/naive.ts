/**
 * The naive way to show an answer while it grows, run in a page: all of it parsed, sanitised and put in as HTML at every
 * piece, by the usual libraries. Resolves to how many times as much work the whole answer is.
 */
export type Naively = { text: string; characters: number; pieces: number; frames: number };

export function showNaively({ text, characters, pieces, frames }: Naively): Promise<number> {
  const marked = Reflect.get(window, "marked");
  const purify = Reflect.get(window, "DOMPurify");
  const box = document.querySelector("#answer");
  const all = Math.ceil(text.length / (characters * pieces));
  let piece = 0;
  return new Promise((resolve) => {
    // Only some of the frames, evenly spread: all of them would take many minutes.
    const next = () => {
      const frame = Math.floor(piece / pieces);
      if (frame >= frames || !box) return resolve(all / frames);
      const first = Math.floor(((frame + 0.5) / frames) * all) * pieces;
      const html = marked.parse(text.slice(0, (first + (piece % pieces) + 1) * characters));
      box.innerHTML = purify.sanitize(html);
      piece++;
      if (piece % pieces > 0) setTimeout(next);
      else requestAnimationFrame(() => setTimeout(next));
    };
    setTimeout(next);
  });
}
