/** Page's document, safe from named elements that shadow its members. */
import { bare } from "./bare.ts";

/**
 * `<img name=scripts>` or `<form name=body>` stands in for the member of that name: a document's named elements go before
 * what it inherits. Members are read from the prototype here, which named elements do not reach. The build puts this in
 * place of each `document` of the widget's. It is for reading
 * and calling only. Where there is no document, as on a server, importing it does nothing.
 */
export const pageDocument: Document = new Proxy(
  Object(globalThis.document),
  bare({
    get(page: Document, name: string | symbol) {
      // Not through `Document`, which MooTools replaces.
      const member: unknown = Reflect.get(Object.getPrototypeOf(page), name, page);
      return typeof member === "function" ? member.bind(page) : member;
    },
  }),
);
