/** Route of a citation: title and address of the page behind an answer. */
import { success } from "../wire/envelope.ts";
import { noSuchPage } from "../wire/refusal.ts";
import { projectOf, type Register } from "./route.ts";
import type { StandinContext } from "../context.ts";

export function citationRoute(on: Register, workings: StandinContext): void {
  const { faults } = workings;

  on("GET", "/projects/:project/citations/:citation", "citation", (incoming) => {
    const project = projectOf(workings, incoming);
    const asked = incoming.part("citation");
    const page = /^\d{1,15}$/.test(asked) ? project.pages.get(Number(asked)) : undefined;
    if (page === undefined || faults.take("citation-missing", "citation")) throw noSuchPage(asked);
    const { id, url, title, description, image } = page;
    if (faults.take("citation-empty", "citation")) {
      return success({ id, url: null, title: null, description: null, image: null });
    }
    if (faults.take("citation-without-url", "citation")) {
      return success({ id, url: null, title, description, image: null });
    }
    if (faults.take("citation-javascript-url", "citation")) {
      const script = "javascript:alert(document.domain)";
      return success({ id, url: script, title, description, image: script });
    }
    return success({ id, url, title, description, image });
  });
}
