/** Jump to a passage of this page or the next; the search for it is fetched when needed. */
import { awaitPage } from "./await-page.ts";
import { pageKey } from "./urls.ts";
import { savePendingJump, takePendingJump, type PendingJump } from "./pending-jump.ts";

type View = Window & typeof globalThis;

/** Removes the current highlight, or cancels a search for one; a page shows at most one. */
let end: () => void = () => {};

export function endPassage(): void {
  end();
  end = () => {};
}

async function seek(view: View, jump: PendingJump, isNew: boolean, otherwise: () => void): Promise<void> {
  endPassage();
  let isOver = false;
  end = () => {
    isOver = true;
  };
  try {
    const { seekPassage } = await import("./seek-passage.lazy.ts");
    if (!isOver) end = seekPassage(view, jump, isNew, otherwise);
  } catch {
    if (!isOver) otherwise();
  }
}

/** Jumps to a passage of this page; `otherwise` is called when it is not found. */
export function seekHere(view: View, jump: PendingJump, otherwise: () => void): void {
  void seek(view, jump, false, otherwise);
}

/** Completes a pending jump on a page that was just opened, unless the chat covers the page. */
export function arrive(view: View, isCovered = false): void {
  const page = pageKey(view.location.href);
  const jump = takePendingJump(() => view.sessionStorage, page, view.Date.now());
  if (jump && !isCovered) void seek(view, jump, true, () => {});
}

/** Called before the visitor goes to another page of the site, with or without a page load. */
export function goToPage(view: View, href: string, jump: PendingJump): void {
  const page = pageKey(href);
  if (page === null) return;
  savePendingJump(() => view.sessionStorage, page, jump, view.Date.now());
  endPassage();
  end = awaitPage(view, page, () => arrive(view));
}
