/** Visual viewport: the part of the window that an on-screen keyboard leaves free, where browsers do not resize the page. */

/**
 * Calls back with the free part's height and top in CSS pixels, or with null when nothing covers the window, now and on
 * every change, until the returned function is called.
 */
export function watchViewport(
  view: Window,
  onChange: (free: { height: number; top: number } | null) => void,
): () => void {
  const visual = view.visualViewport;
  if (!visual) return () => {};

  function measure(): void {
    if (!visual) return;
    // A pinched page has a smaller visual viewport too, and there the chat should stay where it is.
    const covered = view.innerHeight - visual.height > 60 && Math.abs(visual.scale - 1) < 0.01;
    onChange(covered ? { height: Math.round(visual.height), top: Math.round(visual.offsetTop) } : null);
  }

  visual.addEventListener("resize", measure);
  visual.addEventListener("scroll", measure);
  measure();
  return () => {
    visual.removeEventListener("resize", measure);
    visual.removeEventListener("scroll", measure);
  };
}
