/** What the owner of a page notices on which somebody else could write HTML, though no script. */
import { afterEach, expect, it } from "vitest";
import { pageDocument } from "./page-document.ts";

const names = [
  "scripts",
  "body",
  "readyState",
  "querySelector",
  "createElement",
  "addEventListener",
] as const;

/** As a named element does in browsers, which happy-dom does not imitate. */
const image = document.createElement("img");
function disguise(name: string): void {
  Object.defineProperty(document, name, { value: image, configurable: true });
}

afterEach(() => names.forEach((name) => Reflect.deleteProperty(document, name)));

it.each(names)("79: an element named %s is not taken for the document's own", (name) => {
  const own: unknown = Reflect.get(document, name);
  disguise(name);
  expect(Reflect.get(document, name)).toBeInstanceOf(HTMLElement);
  const read: unknown = Reflect.get(pageDocument, name);
  expect(typeof read).toBe(typeof own);
  expect(read).not.toBe(Reflect.get(document, name));
});

it("79: the document's functions work on the page as ever", () => {
  disguise("createElement");
  disguise("body");
  const made = pageDocument.createElement("p");
  pageDocument.body.append(made);
  expect(made.isConnected).toBe(true);
  made.remove();
});
